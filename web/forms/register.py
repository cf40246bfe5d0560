"""What is typed while registering: details, then email and password, then the code."""

from collections.abc import Callable
from datetime import date
from typing import Any

from portal.accounts.commands import DETAILS
from portal.passwords import policy
from portal.passwords.rules import policy_messages
from portal.personal import rules
from web.forms.form import Form

ADDRESS = {
    "property_name": "Property name",
    "house": "House number or name",
    "street": "Street",
    "area": "Area",
    "town": "Town",
    "county": "County",
}


class DetailsForm(Form):
    """Step 1. `today` is given, since it says who may be the young person."""

    today: date
    details: dict[str, Any]

    def read(self) -> None:
        found: dict[str, Any] = {
            "forename": self._checked("forename", lambda typed: rules.check_name(typed, what="forename")),
            "surname": self._checked("surname", lambda typed: rules.check_name(typed, what="surname")),
            "is_professional": self.ticked("is_professional"),
            "is_young_person": self.ticked("is_young_person"),
        }
        found |= self._professional(found["is_professional"])
        found |= {name: self.text(name, limit=100, what=label) for name, label in ADDRESS.items()}
        found["postcode"] = self._checked("postcode", rules.check_postcode)
        found["telephone"] = self._checked("telephone", rules.check_phone) if self.value("telephone").strip() else ""
        found["date_of_birth"] = self._born(found["is_young_person"])
        self.details = {name: found[name] for name in DETAILS}

    def _professional(self, is_professional: bool) -> dict[str, str]:
        missing = ("Enter the name of your organisation", "Enter your job title") if is_professional else ("", "")
        organisation = self.text("organisation", missing=missing[0], limit=150, what="Organisation")
        job_title = self.text("job_title", missing=missing[1], limit=100, what="Job title")
        return {"organisation": organisation, "job_title": job_title}

    def _checked(self, name: str, check: Callable[[str], str]) -> str:
        typed = self.text(name, limit=1000)
        try:
            return check(typed)
        except ValueError as error:
            self.refuse(name, str(error))
            return typed

    def _born(self, is_young_person: bool) -> date | None:
        born = self.day("date_of_birth", what="Your date of birth")
        try:
            return rules.check_date_of_birth(born, is_young_person=is_young_person, today=self.today)
        except ValueError as error:
            self.refuse("date_of_birth", str(error))
            return born


class SignInDetailsForm(Form):
    """Step 2. `own_words` are the person's names, which may not make up the password."""

    own_words: list[str]
    email: str
    password: str

    def read(self) -> None:
        self.email = self.email_address("email")
        self.password = new_password(self, [*self.own_words, self.email])


class PasswordCheckForm(Form):
    """The password as it is being typed; nothing is kept."""

    own_words: list[str]
    password: str

    def read(self) -> None:
        self.password = self.secret("password")


def new_password(form: Form, own_words: list[str]) -> str:
    """A new password typed twice (`password`, `confirm_password`), held against the policy."""
    password = form.secret("password", missing="Enter a password")
    again = form.secret("confirm_password", missing="Enter the password again")
    if password and (problems := policy_messages(policy.check(password, own_words))):
        form.refuse("password", problems[0])
    if password and again and password != again:
        form.refuse("confirm_password", "The two passwords must be the same. Type the password again")
    return password
