"""What is typed about the caseload: a view to keep, cases to give to a colleague."""

from portal.staff.queries import Wanted
from web.forms.form import Form


class ViewForm(Form):
    """A view under a name."""

    name: str
    wanted: Wanted

    def read(self) -> None:
        self.name = self.text("name", missing="Enter a name for this view", limit=60, what="The name")
        self.wanted = wanted_of({name: self.value(name) for name in Wanted.__annotations__})


class AssignForm(Form):
    """Ticked children, and who gets them."""

    children: list[str]
    caseworker: str

    def read(self) -> None:
        self.children = self.values("child")
        if not self.children:
            self.refuse("child", "Tick at least one child")
        self.caseworker = self.text("caseworker", missing="Choose a colleague")


def wanted_of(asked: dict[str, str]) -> Wanted:
    """The part of the caseload that an address or a form asks for; unknown names are left out."""
    known = {name: asked.get(name, "").strip()[:100] for name in Wanted.__annotations__}
    return Wanted(**known)
