"""The post in tests: delivers what is owed, by the real way, into a list."""

import re
from dataclasses import dataclass, field

from portal import notices
from portal.post import Email
from tests.conftest import Clock
from web.app import WEB
from web.letters import Letters
from web.respond import environment
from web.settings import Settings


@dataclass
class Postbox:
    """Collects what would have been sent."""

    emails: list[Email] = field(default_factory=list)

    async def send(self, email: Email) -> None:
        self.emails.append(email)


async def deliver_all(settings: Settings, clock: Clock) -> list[Email]:
    """Deliver every notice that is owed; gives the emails, oldest first."""
    letters = Letters(environment(str(WEB), str), settings)
    post = Postbox()
    for notice in await notices.waiting():
        await notices.deliver(notice, letters.write, post, now=clock.now)
    return post.emails


async def last_email(settings: Settings, clock: Clock) -> Email:
    """Deliver what is owed and give the newest email."""
    return (await deliver_all(settings, clock))[-1]


def code_in(email: Email) -> str:
    """The six digits in an email."""
    found = re.findall(r"\b\d{6}\b", email.text)
    assert len(set(found)) == 1, email.text
    return str(found[0])


def links_in(email: Email) -> list[str]:
    """Every address in the text of an email, without the portal's own start."""
    return [link.removeprefix("http://portal.test") for link in re.findall(r"http\S+", email.text)]
