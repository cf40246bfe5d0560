"""Which emails people may turn off. Pure.

Only news that also stands on the dashboard. What starts a period set by law, decides something, or keeps an
account safe is always sent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

PAPER = "paper"
"""The wish to get letters on paper as well."""
ONLINE = "online"
"""The consent to get formal letters through the portal alone. Nobody has it who was not asked and said yes."""


@dataclass(frozen=True)
class Topic:
    """A group of emails that is turned on and off together; `kinds` are folders of `web/emails`."""

    key: str
    text: str
    hint: str
    kinds: frozenset[str]

    @property
    def wish(self) -> str:
        """What is kept when somebody wants no email about it."""
        return f"no_email_{self.key}"


TOPICS = (
    Topic("messages", "Messages", "The SEND team has written to you.", frozenset({"new_message"})),
    Topic("documents", "Documents", "There is a new document to read.", frozenset({"new_document"})),
    Topic("actions", "Actions", "There is a form for you to fill in.", frozenset({"new_action"})),
    Topic(
        "case",
        "Dates and news of the case",
        "A key date was added or removed, the case moved on, or you have another caseworker.",
        frozenset(
            {
                "key_date_added",
                "key_date_removed",
                "stage_changed",
                "caseworker_changed",
                "caseworker_gone",
                "adviser_answered",
            }
        ),
    ),
)

WISHES = frozenset({PAPER, ONLINE, *(topic.wish for topic in TOPICS)})
"""Everything that can be wished for."""


def topic_of(kind: str) -> Topic | None:
    """The topic of an email of `kind`; None for those that cannot be turned off."""
    return next((topic for topic in TOPICS if kind in topic.kinds), None)


def wishes_from(topics_on: Iterable[str], *, on_paper: bool) -> frozenset[str]:
    """What is kept of somebody who wants emails about `topics_on` (keys of topics) and no others."""
    wanted = set(topics_on)
    off = {topic.wish for topic in TOPICS if topic.key not in wanted}
    return frozenset(off | ({PAPER} if on_paper else set()))


def with_answer_kept(wishes: Collection[str], before: Collection[str]) -> frozenset[str]:
    """`wishes` with what they said about formal letters `before`: who wants paper no more agrees to the portal."""
    said_before = {PAPER, ONLINE}.intersection(before)
    if PAPER in wishes or not said_before:
        return frozenset(wishes)
    return frozenset({*wishes, ONLINE})


def topics_on(wishes: Collection[str]) -> list[str]:
    """The keys of the topics that somebody with these wishes is emailed about."""
    return [topic.key for topic in TOPICS if topic.wish not in wishes]
