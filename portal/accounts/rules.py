"""How the team checks who asks for help with an account. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

ANOTHER_WAY = "other"
RESET_CHECKS: Mapping[str, str] = {
    "phoned_back": "I called them back on a number that we knew before",
    "photo_id": "I saw them in person, with photo ID",
    "colleague": "A colleague who knows them confirmed who they are",
    ANOTHER_WAY: "In another way",
}
"""How the team may have checked who asks for a lost app to be forgotten: what is recorded, and what it chooses from."""


@dataclass(frozen=True)
class IdentityCheck:
    """How somebody was checked: one of RESET_CHECKS, and in words when it was in another way."""

    method: str
    how: str = ""

    @property
    def detail(self) -> dict[str, str]:
        """What the audit trail keeps."""
        return {"identity_method": self.method} | ({"how": self.how} if self.how else {})
