"""A form that was asked for keeps its version; new requests get the newest."""

from pathlib import Path

import pytest

from portal.forms.library import DEFINITIONS, FormLibrary, load_forms


def two_versions(folder: Path) -> FormLibrary:
    first = (DEFINITIONS / "consent_v1.toml").read_text(encoding="utf-8")
    tenth = first.replace("version = 1\n", "version = 10\n").replace('title = "Consent', 'title = "New consent')
    for version, text in ((1, first), (2, first.replace("version = 1\n", "version = 2\n")), (10, tenth)):
        (folder / f"consent_v{version}.toml").write_text(text, encoding="utf-8")
    return load_forms(folder)


def test_every_version_can_be_read(tmp_path: Path) -> None:
    library = two_versions(tmp_path)
    assert [library.form("consent", version).version for version in (1, 2, 10)] == [1, 2, 10]


def test_the_newest_version_is_the_one_to_ask_for(tmp_path: Path) -> None:
    library = two_versions(tmp_path)
    assert [(form.key, form.version, form.title) for form in library.latest] == [
        ("consent", 10, "New consent to share information")
    ]
    assert library.newest("consent") == library.form("consent", 10)


def test_a_form_that_does_not_exist_is_not_found() -> None:
    assert load_forms().newest("unknown") is None
    with pytest.raises(KeyError):
        load_forms().form("consent", 99)


def test_definitions_are_read_once() -> None:
    assert load_forms() is load_forms()
