"""What the SEND team chooses to give a published document to somebody else."""

from collections.abc import Collection

from portal import keys
from web.forms.form import Form


class GiveForm(Form):
    """What is chosen of `offered` (public ids): people for one document, or documents for one person.

    `what` names the field, `of` the document or the person. The `seal` of the confirmation page fits only what was
    shown there, so that nothing else is given.
    """

    what: str
    of_one: str
    offered: Collection[str]
    missing: str
    chosen: list[str]

    def read(self) -> None:
        self.chosen = ticked = list(dict.fromkeys(self.values(self.what)))
        if ticked and self.is_confirmed:
            return  # It was offered when that was confirmed; a press that comes twice finds it given, and not on offer.
        self.chosen = [one for one in ticked if one in self.offered]
        if not ticked or self.chosen != ticked:
            self.refuse(self.what, self.missing)

    @property
    def seal(self) -> str:
        """What the confirmation of precisely this carries."""
        return keys.token("give", self.what, self.of_one, *sorted(self.chosen))

    @property
    def is_confirmed(self) -> bool:
        return keys.same(self.value("seal"), self.seal)
