"""What the SEND team types about a child and the adults around it."""

from collections.abc import Callable, Collection
from datetime import date

from portal.access.rules import BASES
from portal.children.commands import NewChild
from portal.children.rules import SOURCES, check_birth, check_received
from portal.invitations.commands import Invitee
from portal.invitations.rules import IDENTITY_CHECKS
from portal.personal import rules as personal
from portal.relationships.commands import Ground
from web.forms.form import Form

WRONG_EMAIL = "Enter an email address in the correct format, like name@example.com"


class PersonForm(Form):
    """What is said of a person, with the checks of `portal`. `today` is the day in London."""

    today: date

    def checked(self, name: str, check: Callable[[str], str], *, missing: str = "") -> str:
        """A text in the form in which `check` gives it; its ValueError is the field's error."""
        typed = self.text(name, missing=missing, limit=1000)
        if self.error(name):
            return typed
        try:
            return check(typed)
        except ValueError as error:
            self.refuse(name, str(error))
            return typed

    def checked_day(self, name: str, what: str, check: Callable[..., date], *, missing: str) -> date | None:
        """A day in the form in which `check` gives it; its ValueError is the field's error."""
        found = self.day(name, missing=missing, what=what)
        if found is None:
            return None
        try:
            return check(found, today=self.today)
        except ValueError as error:
            self.refuse(name, str(error))
            return None

    def named(self, name: str, whose: str) -> str:
        """The forename or the surname of somebody."""
        return self.checked(name, lambda typed: personal.check_name(typed, what=name, whose=whose))

    def born(self) -> date | None:
        """A child's date of birth."""
        return self.checked_day("date_of_birth", "The date of birth", check_birth, missing="Enter the date of birth")


class InviteeForm(PersonForm):
    """An adult who is to be invited."""

    invitee: Invitee

    def read(self) -> None:
        email = self.checked("email", _email, missing="Enter the email address that asked for the assessment")
        name = self.checked("adult_name", lambda typed: personal.check_name(typed, what="name", whose="the adult’s"))
        basis = self.choice("basis", BASES, missing="Choose their relationship to the child")
        self.invitee = Invitee(email, name, basis)


class NewChildForm(InviteeForm):
    """A child, the request and the adult who asked."""

    child: NewChild
    is_another_child: bool

    def read(self) -> None:
        names = [self.named(name, "the child’s") for name in ("forename", "surname")]
        born = self.born()
        received = self.checked_day(
            "received_on",
            "The date that the request was received",
            lambda day, today: check_received(day, born=born, today=today),
            missing="Enter the date that the request was received",
        )
        source = self.choice("source", SOURCES, missing="Choose who asked for the assessment")
        self.is_another_child = self.ticked("is_another_child")
        super().read()
        self.child = NewChild(names[0], names[1], born or self.today, received or self.today, source)


class VerifyForm(Form):
    """The code that somebody reads out, and how they were known. `verifiable` are the invitations it may be of."""

    verifiable: Collection[str]
    invitation: str
    code: str
    identity_method: str

    def read(self) -> None:
        self.invitation = self.choice("invitation", self.verifiable, missing="Choose who is on the phone")
        self.code = self.secret("code", missing="Enter the unique code that they read out")
        self.identity_method = self.choice(
            "identity_method", IDENTITY_CHECKS, missing="Choose how you checked their identity"
        )


class ReasonForm(Form):
    """Why access is withdrawn or refused."""

    reason: str

    def read(self) -> None:
        self.reason = self.text("reason", missing="Enter the reason", limit=2000, what="The reason")


class MarkForm(ReasonForm):
    """Why the mark on somebody's whereabouts is set, or taken away: `sets` says which."""

    sets: bool

    def read(self) -> None:
        super().read()
        self.sets = self.value("press") == "mark"


class GroundForm(Form):
    """On what legal ground access goes on, and why. `grounds` are those that may be chosen."""

    grounds: Collection[str]
    ground: Ground

    def read(self) -> None:
        basis = self.choice("basis", self.grounds, missing="Choose their relationship to the child now")
        reason = self.text("reason", missing="Enter the reason", limit=2000, what="The reason")
        self.ground = Ground(basis, reason)


def _email(typed: str) -> str:
    try:
        return personal.check_email(typed)
    except ValueError:
        raise ValueError(WRONG_EMAIL) from None
