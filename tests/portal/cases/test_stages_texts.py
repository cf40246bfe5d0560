"""The council's texts: complete, in short sentences, with no placeholder but the child's name."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from portal.cases.stages import DEFAULT, StagesError, read_stages, standard


def sentences() -> Iterator[str]:
    texts = read_stages()
    for group in (texts.stages, texts.branches, texts.disputes):
        for about in group.values():
            for name, text in asdict(about).items():
                if name != "law":
                    yield from re.split(r"(?<=[.!?]) ", text)


def test_no_sentence_has_more_than_twenty_words() -> None:
    assert not [sentence for sentence in sentences() if len(sentence.split()) > 20]


def test_an_ehc_plan_is_explained_where_it_is_first_met() -> None:
    assert "education, health and care plan (EHC plan)" in read_stages().stages["request"].now


def test_only_the_childs_name_is_filled_in() -> None:
    about = [texts.about("Priya") for texts in read_stages().stages.values()]
    assert not [text for one in about for text in asdict(one).values() if "{" in text or "}" in text]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[stages.advice]", "[stages.advise]"),
        ("[disputes.appeal]", "[disputes.court]"),
        ("who = ", "whom = "),
    ],
)
def test_a_file_that_lacks_something_is_refused(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "stages.toml"
    file.write_text(DEFAULT.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StagesError):
        standard(file)
