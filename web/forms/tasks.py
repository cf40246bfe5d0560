"""What is typed about tasks."""

from collections.abc import Mapping

from portal.tasks.queries import WantedTasks
from web.forms.form import Form


class DoneForm(Form):
    """How a task was done."""

    how: str

    def read(self) -> None:
        self.how = self.text("how", missing="Enter what you did", limit=2000, what="What you did")


def wanted_tasks_of(asked: Mapping[str, str]) -> WantedTasks:
    """The tasks that an address asks for; unknown names are left out."""
    return WantedTasks(**{name: asked.get(name, "").strip()[:100] for name in WantedTasks.__annotations__})
