"""`portal demo`: only where the demo was asked for."""

import sys

import pytest

from portal import __main__ as portal_command

REAL = {
    "SECRET_KEY": "a secret for tests that nobody else uses",
    "PORTAL_BASE_URL": "https://portal.council.example",
    "DATABASE_URL": "postgresql://nobody@nowhere.example/portal",
    "SMTP_URL": "smtp://mail.council.example",
}


def test_a_real_portal_is_never_filled_with_invented_children(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in REAL.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PORTAL_DEMO", raising=False)
    monkeypatch.setattr(sys, "argv", ["portal", "demo", "--size", "worcestershire"])
    assert portal_command.main() == 2
    assert "PORTAL_DEMO=1" in capsys.readouterr().err


def test_a_county_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["portal", "demo", "--size", "atlantis"])
    with pytest.raises(SystemExit):
        portal_command.main()
