"""What is typed on each page of a request for an assessment."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Self

from portal.organisations.queries import Workplace
from portal.personal import rules as personal
from portal.requests import rules
from web.forms.form import Form

ANOTHER = "another"
"""Stands for a child who is not among those whom the person sees already."""

_DATE_PARTS = ("date_of_birth-day", "date_of_birth-month", "date_of_birth-year")


class StepForm(Form):
    """One page. `today` is the day in London, `asker` what was said on the first page.

    `again` are the children whom the person sees already: public id and day of birth. `is_theirs`: it is about a
    young person, who decides. `workplaces` are the organisations through which a professional may ask.
    """

    FIELDS: tuple[str, ...] = ()
    today: date
    asker: str
    again: Mapping[str, date] = {}
    is_theirs: bool = False
    workplaces: tuple[Workplace, ...] = ()
    said: dict[str, Any]

    @classmethod
    def reading(cls, typed: Mapping[str, str], **facts: Any) -> Self:
        """The page as it was kept, read and checked."""
        form = cls({name: [typed[name]] for name in cls.FIELDS if name in typed})
        for name, fact in facts.items():
            setattr(form, name, fact)
        form.read()
        return form

    @property
    def to_keep(self) -> dict[str, str]:
        return {name: self.value(name) for name in self.FIELDS}

    def checked(self, name: str, check: Callable[[str], str]) -> str:
        """A text that `check` gives back as it is kept, or refuses with ValueError."""
        typed = self.text(name, limit=1000)
        try:
            return check(typed)
        except ValueError as error:
            self.refuse(name, str(error))
            return typed


class WhoForm(StepForm):
    FIELDS = ("asker",)

    def read(self) -> None:
        self.said = {"asker": self.choice("asker", rules.ASKERS, missing="Choose who is asking")}


class ChildForm(StepForm):
    """With children in `again` it is chosen first which child this is about."""

    FIELDS = ("which", "forename", "surname", *_DATE_PARTS, "postcode", "setting")

    def read(self) -> None:
        chosen = ANOTHER
        if self.again:
            chosen = self.choice("which", {*self.again, ANOTHER}, missing="Choose which child this is about")
        known = chosen != ANOTHER
        if chosen in self.again:
            self._check_age(self.again[chosen])
        self.said = {"again": chosen if known else "", "forename": "", "surname": "", "date_of_birth": None}
        if not known:
            self.said |= {"forename": self._name("forename"), "surname": self._name("surname"), **self._birth()}
        self.said["postcode"] = self.checked("postcode", personal.check_postcode)
        self.said["setting"] = self.text("setting", limit=150, what="The name of the school or setting")

    @property
    def born(self) -> date | None:
        """When the child was born, as far as it was said or is on record."""
        return self.again.get(self.said["again"]) or self.said["date_of_birth"]

    def _check_age(self, born: date) -> None:
        try:
            rules.check_age(born, self.today)
        except ValueError as error:
            self.refuse("which", str(error))

    def _name(self, name: str) -> str:
        whose = "your" if self.asker == "myself" else "the child’s"
        return self.checked(name, lambda typed: personal.check_name(typed, what=name, whose=whose))

    def _birth(self) -> dict[str, date | None]:
        born = self.day("date_of_birth", what="The date of birth")
        try:
            return {"date_of_birth": rules.check_birth(born, asker=self.asker, today=self.today)}
        except ValueError as error:
            self.refuse("date_of_birth", str(error))
            return {"date_of_birth": born}


class AgreementForm(StepForm):
    """Only for a parent or carer of a young person."""

    FIELDS = ("agrees",)

    def read(self) -> None:
        self.said = {"agrees": self.choice("agrees", rules.AGREES, missing="Choose whether the young person agrees")}


class NeedsForm(StepForm):
    FIELDS = ("needs", "tried", "hopes")

    def read(self) -> None:
        self.said = {
            "needs": self.text("needs", missing="Write what is difficult. A few words are enough", **_LONG),
            "tried": self.text("tried", **_LONG),
            "hopes": self.text("hopes", **_LONG),
        }


class ConsentForm(StepForm):
    FIELDS = ("consent",)

    def read(self) -> None:
        missing = "Choose whether we may ask the people who know the child"
        if self.asker == "myself":
            missing = "Choose whether we may ask the people who know you"
        self.said = {"consent": self.choice("consent", rules.CONSENT, missing=missing)}


class FamilyForm(StepForm):
    """Only for professionals: where they work, and what the parents know."""

    FIELDS = (
        "through",
        "workplace", "organisation", "parents", "parent_name", "parent_email", "parent_basis",
        "other_name", "other_email", "other_basis",
    )  # fmt: skip

    def read(self) -> None:
        who = "young person knows" if self.is_theirs else "parents know"
        self.said = {
            **self._where(),
            "parents": self.choice("parents", rules.PARENTS_KNOW, missing=f"Choose what the {who}"),
            **self._named("parent"),
            **(self._named("other") if self._names_another else {}),
        }

    def _where(self) -> dict[str, str]:
        """An organisation whose member they are says what it is; otherwise it is as they type it."""
        known = {one.public_id: one for one in self.workplaces}
        if known:
            missing = "Choose the organisation that you ask through"
            chosen = self.choice("through", {*known, rules.NOT_THROUGH}, missing=missing)
            if chosen in known:
                work = known[chosen]
                return {
                    "through": chosen,
                    "workplace": rules.workplace_of(work.kind),
                    "organisation": work.name,
                }
        return {
            "through": "",
            "workplace": self.choice("workplace", rules.WORKPLACES, missing="Choose where you work"),
            "organisation": self.text(
                "organisation", missing="Enter the name of your organisation", limit=150, what="Organisation"
            ),
        }

    @property
    def _names_another(self) -> bool:
        return any(self.value(f"other_{part}").strip() for part in ("name", "email", "basis"))

    def _named(self, who: str) -> dict[str, str]:
        email, missing = self.value(f"{who}_email").strip(), "Choose who they are to the child"
        return {
            f"{who}_name": self.checked(f"{who}_name", _parent_name),
            f"{who}_email": self.checked(f"{who}_email", _parent_email) if email else "",
            f"{who}_basis": self.choice(f"{who}_basis", rules.NAMED_AS, missing=missing),
        }


FORMS: Mapping[str, type[StepForm]] = {
    "who": WhoForm,
    "child": ChildForm,
    "agreement": AgreementForm,
    "needs": NeedsForm,
    "family": FamilyForm,
    "consent": ConsentForm,
}

_LONG: dict[str, Any] = {"limit": rules.LONGEST_TEXT, "what": "Your answer"}


def _parent_name(typed: str) -> str:
    return personal.check_name(typed, what="name", whose="the parent’s")


def _parent_email(typed: str) -> str:
    try:
        return personal.check_email(typed)
    except ValueError:
        raise ValueError("Enter the parent’s email address in the correct format, like name@example.com") from None
