"""What is typed on the pages of one's own account."""

from portal.accounts.own import CHANGEABLE
from portal.personal import rules
from portal.wishes.rules import TOPICS, wishes_from
from web.forms.form import Form
from web.forms.register import ADDRESS, DetailsForm, new_password

NOT_TYPED = "Enter the password that you use now"


class PasswordForm(Form):
    """The password used now, before something that only its owner may do."""

    current: str

    def read(self) -> None:
        self.current = self.secret("current_password", missing=NOT_TYPED)


class ChangePasswordForm(PasswordForm):
    """The password used now, and the new one twice. `own_words` may not make it up."""

    own_words: list[str]
    password: str

    def read(self) -> None:
        super().read()
        self.password = new_password(self, self.own_words)


class OwnDetailsForm(DetailsForm):
    """Names, address, telephone and work, with the checks of registration. `is_staff` have only names and telephone.

    Whoever is no professional any more has no workplace either.
    """

    is_staff: bool
    changed: dict[str, str | bool]

    def read(self) -> None:
        found: dict[str, str | bool] = {
            "forename": self._checked("forename", lambda typed: rules.check_name(typed, what="forename")),
            "surname": self._checked("surname", lambda typed: rules.check_name(typed, what="surname")),
            "telephone": self._checked("telephone", rules.check_phone) if self.value("telephone").strip() else "",
        }
        if not self.is_staff:
            found |= self._work(self.ticked("is_professional"))
            found |= {name: self.text(name, limit=100, what=label) for name, label in ADDRESS.items()}
            found["postcode"] = self._checked("postcode", rules.check_postcode)
        self.changed = {name: found[name] for name in CHANGEABLE if name in found}

    def _work(self, is_professional: bool) -> dict[str, str | bool]:
        where = self._professional(True) if is_professional else {"organisation": "", "job_title": ""}
        return {"is_professional": is_professional, **where}


class ChangeEmailForm(PasswordForm):
    """A new address."""

    email: str

    def read(self) -> None:
        self.email = self.email_address("email", missing="Enter your new email address")
        super().read()


class TurnOffForm(PasswordForm):
    """The password and the app's code, to use the app no more."""

    code: str

    def read(self) -> None:
        super().read()
        self.code = self.secret("code", missing="Enter the code from your authenticator app")


class WishesForm(Form):
    """What to be emailed about, and letters on paper."""

    wishes: frozenset[str]

    def read(self) -> None:
        known = {topic.key for topic in TOPICS}
        self.wishes = wishes_from(known.intersection(self.values("topics")), on_paper=self.ticked("on_paper"))
