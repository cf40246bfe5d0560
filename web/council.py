"""What is the council's own: names, phone, colours. Read from one TOML file."""

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

DEMO_COUNCIL = Path(__file__).with_name("council.toml")


class SettingsError(Exception):
    """A setting is missing or wrong; the message tells the person who runs the service what to do."""


@dataclass(frozen=True)
class Council:
    """How the council calls itself, and how a family reaches the SEND team.

    `mediation` and `sendiass` are who gives mediation and free advice here, with how to reach them: every letter that
    can be appealed must name them (SEND Regulations 2014, reg 32). `local_offer` is the address of the Local Offer.
    """

    name: str
    portal_name: str
    team_name: str
    phone: str
    opening_hours: str
    email: str
    address: str
    sender: str
    mediation: str
    mediation_phone: str
    mediation_email: str
    sendiass: str
    sendiass_phone: str
    sendiass_email: str
    local_offer: str
    logo: str
    brand: str
    done: str
    late: str
    message_types: tuple[str, ...]


def read_council(path: Path) -> Council:
    """Read and check the council's file. Raises SettingsError naming the line to mend."""
    try:
        raw = tomllib.loads(path.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The council's file {path} cannot be read: {error}") from error
    known = {field.name for field in fields(Council)}
    if missing := sorted(known - raw.keys()):
        raise SettingsError(f"The council's file {path} lacks: {', '.join(missing)}")
    if unknown := sorted(raw.keys() - known):
        raise SettingsError(f"The council's file {path} has lines nobody reads: {', '.join(unknown)}")
    for colour in ("brand", "done", "late"):
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", raw[colour]):
            raise SettingsError(f"{colour} in {path} must be a colour such as #4b2a63")
    return Council(**{**raw, "message_types": tuple(raw["message_types"])})
