"""What is typed about the caseload: a view to keep, cases to give to a colleague."""

from urllib.parse import parse_qsl

from portal.staff.queries import Wanted
from web.forms.form import Form


class ViewForm(Form):
    """A view under a name."""

    name: str
    wanted: Wanted

    def read(self) -> None:
        self.name = self.text("name", missing="Enter a name for this view", limit=60, what="The name")
        self.wanted = wanted_of({name: self.value(name) for name in Wanted.__annotations__})


class ShownForm(Form):
    """A form on the caseload that leads back to what was shown: `view` is the query of its address."""

    wanted: Wanted

    def read(self) -> None:
        self.wanted = wanted_of(dict(parse_qsl(self.value("view")[:2_000])))


class AssignForm(ShownForm):
    """Ticked children, and who gets them."""

    children: list[str]
    caseworker: str

    def read(self) -> None:
        super().read()
        self.children = self.values("child")
        if not self.children:
            self.refuse("child", "Tick at least one child")
        self.caseworker = self.text("caseworker", missing="Choose a colleague")


class TakerForm(Form):
    """Who takes one child over."""

    taker: str

    def read(self) -> None:
        self.taker = self.text("caseworker", missing="Choose who takes the case over")


class AssignAllForm(Form):
    """Who gets all children of a view. `seen` says which they were when the page was shown."""

    caseworker: str
    seen: str
    wanted: Wanted

    def read(self) -> None:
        self.caseworker = self.text("caseworker", missing="Choose a colleague")
        self.seen = self.value("seen")[:40]
        self.wanted = wanted_of({name: self.value(name) for name in Wanted.__annotations__})


def wanted_of(asked: dict[str, str]) -> Wanted:
    """The part of the caseload that an address or a form asks for; unknown names are left out."""
    known = {name: asked.get(name, "").strip()[:100] for name in Wanted.__annotations__}
    return Wanted(**known)
