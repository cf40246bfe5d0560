"""Turns a notice into an email: the words stand in `web/emails/<kind>/`, the facts come from `portal`."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from portal import letters
from portal.post import Email
from web.council import Council
from web.settings import Settings


class Letters:
    """Writes emails in the council's name, with links that lead to this portal."""

    def __init__(self, templates: Environment, settings: Settings) -> None:
        self.templates = templates
        self.council: Council = settings.council
        self.base_url = settings.base_url

    async def write(self, kind: str, about: Mapping[str, Any], to: str) -> Email | None:
        """The email for one notice, or None when it has been overtaken and must not be sent."""
        facts = await letters.facts(kind, about)
        if facts is None:
            return None
        filled = {"council": self.council, "base_url": self.base_url, "facts": facts}
        return Email(
            sender=self.council.sender,
            to=to,
            subject=self._part(kind, "subject.txt", filled).strip(),
            text=self._part(kind, "body.txt", filled),
            html=self._part(kind, "body.html", filled),
            message_id=f"<notice-{about['notice']}@{self.council.sender.rpartition('@')[2].rstrip('>')}>",
        )

    def _part(self, kind: str, name: str, filled: Mapping[str, Any]) -> str:
        return self.templates.get_template(f"emails/{kind}/{name}").render(filled)
