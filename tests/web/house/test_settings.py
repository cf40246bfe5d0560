"""A wrong setting stops the start with a sentence that a person can act on."""

from pathlib import Path

import pytest

from web.council import SettingsError
from web.settings import read_settings

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "x" * 48,
    "PORTAL_BASE_URL": "https://portal.westmere.example",
    "DATABASE_URL": "postgresql://portal@db/portal",
    "SMTP_URL": "smtp://mail:587",
}


def test_production_starts_with_all_it_needs() -> None:
    settings = read_settings(PRODUCTION)
    assert settings.https
    assert not settings.demo


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PORTAL_BASE_URL": "http://portal.westmere.example"}, "https"),
        ({"PORTAL_BASE_URL": ""}, "PORTAL_BASE_URL"),
        ({"PORTAL_DEMO": "1"}, "demo"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"SMTP_URL": ""}, "SMTP_URL"),
        ({"PORTAL_POOL_SIZE": "many"}, "PORTAL_POOL_SIZE"),
        ({"PORTAL_COUNCIL": "/no/such/file.toml"}, "council"),
    ],
)
def test_production_refuses(change: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        read_settings({**PRODUCTION, **change})


def test_the_demo_needs_nothing_and_keeps_its_secret(tmp_path: Path) -> None:
    environ = {"PORTAL_DEMO": "1", "PORTAL_VAR": str(tmp_path)}
    first, second = read_settings(environ), read_settings(environ)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32


def test_a_council_file_names_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "council.toml").write_text('name = "Westmere Council"')
    with pytest.raises(SettingsError, match="portal_name"):
        read_settings({**PRODUCTION, "PORTAL_COUNCIL": str(tmp_path / "council.toml")})
