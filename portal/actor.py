"""Who is doing something. Every command and query takes one; nothing looks it up by itself."""

from dataclasses import dataclass

STAFF_ROLES = frozenset({"caseworker", "manager", "administrator"})


@dataclass(frozen=True)
class Actor:
    """A signed-in person. `is_professional` is somebody who has a family account for their work."""

    account: int
    public_id: str
    role: str
    forename: str
    surname: str
    email: str
    team: int | None = None
    is_professional: bool = False

    @property
    def name(self) -> str:
        """Forename and surname, as other people see them."""
        return f"{self.forename} {self.surname}"

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_manager(self) -> bool:
        return self.role in {"manager", "administrator"}
