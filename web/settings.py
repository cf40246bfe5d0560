"""How this process is to run, read from the environment once, checked before anything starts.

Every default is safe in production; the demo has to be asked for with `PORTAL_DEMO=1`.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal.personal.rules import check_email
from web.council import DEMO_COUNCIL, Council, SettingsError, read_council

MIN_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one place where the portal runs and another."""

    base_url: str
    secret_key: str
    database_url: str
    admin_database_url: str
    smtp_url: str
    clamd_url: str
    var: Path
    demo: bool
    council: Council
    pool_size: int
    trusted_proxies: int
    bounces_to: str = ""

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def files(self) -> Path:
        """Where uploaded files lie."""
        return self.var / "files"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings. Raises SettingsError with a sentence a person can act on."""
    var = Path(environ.get("PORTAL_VAR", "var")).absolute()
    demo = environ.get("PORTAL_DEMO", "") == "1"
    settings = Settings(
        base_url=environ.get("PORTAL_BASE_URL", _demo_address(environ) if demo else "").rstrip("/"),
        secret_key=environ.get("SECRET_KEY", _demo_secret(var) if demo else ""),
        database_url=environ.get("DATABASE_URL", ""),
        admin_database_url=environ.get("DATABASE_ADMIN_URL", environ.get("DATABASE_URL", "")),
        smtp_url=environ.get("SMTP_URL", ""),
        clamd_url=environ.get("CLAMD_URL", ""),
        var=var,
        demo=demo,
        council=read_council(Path(environ.get("PORTAL_COUNCIL", DEMO_COUNCIL))),
        pool_size=_whole_number(environ, "PORTAL_POOL_SIZE", 10),
        trusted_proxies=_whole_number(environ, "PORTAL_TRUSTED_PROXIES", 0),
        bounces_to=_address(environ.get("PORTAL_BOUNCES_TO", "")),
    )
    _check(settings, environ)
    return settings


def _check(settings: Settings, environ: Mapping[str, str]) -> None:
    if settings.demo and environ.get("PORTAL_ENV") == "production":
        raise SettingsError("The demo shows everybody's emails: PORTAL_DEMO=1 is refused when PORTAL_ENV=production.")
    if len(settings.secret_key) < MIN_SECRET:
        raise SettingsError(
            f"Set SECRET_KEY to at least {MIN_SECRET} random characters,"
            ' for example from: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if settings.demo:
        return
    if not settings.https or not urlsplit(settings.base_url).hostname:
        raise SettingsError("Set PORTAL_BASE_URL to the https:// address that families use, without a path.")
    if not settings.database_url:
        raise SettingsError("Set DATABASE_URL to the PostgreSQL that keeps the records: postgresql://…")
    if urlsplit(settings.smtp_url).scheme not in {"smtp", "smtps"}:
        raise SettingsError("Set SMTP_URL to the mail server: smtp://user:password@host:587 or smtps://…")


def _address(text: str) -> str:
    try:
        return check_email(text) if text else ""
    except ValueError as error:
        raise SettingsError("PORTAL_BOUNCES_TO must be one address, like bounces@council.example.") from error


def _demo_address(environ: Mapping[str, str]) -> str:
    return f"http://localhost:{environ.get('PORT', '8000')}"


def _demo_secret(var: Path) -> str:
    path = var / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {text!r}.")
    return int(text)
