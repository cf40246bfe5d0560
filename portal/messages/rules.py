"""Limits of a message, and how the wait for an answer is told. Pure."""

from datetime import datetime, timedelta

from portal.cases.calendar import add_working_days
from portal.dates import days, london_day
from portal.limits import Limit

MAX_SUBJECT = 150
MAX_BODY = 10_000
MAX_KEPT = 200_000
"""Characters of a draft: far more than can be sent, so that whoever wrote too much can shorten it."""
MAX_ATTACHMENTS = 5
TOO_MANY_FILES = f"You can add up to {MAX_ATTACHMENTS} files to one message"
PAGE = 25
"""Messages on one page of a list."""

SENT_MESSAGES = Limit("sent_messages", tries=60, window=timedelta(hours=1))
"""Messages that one account may send."""
TOO_MANY = "You have sent 60 messages in an hour. Your message is kept as a draft. Wait a little, then send it."


ANSWER_WITHIN = 5
"""Working days in which the team aims to answer. It is the council's own aim, not a date in law."""


def is_overdue(since: datetime, now: datetime) -> bool:
    """Whether a message has waited longer than the team aims at. Days are those of England."""
    return london_day(now) > add_working_days(london_day(since), ANSWER_WITHIN)


def waiting_words(since: datetime, now: datetime) -> str:
    """`waiting 3 days`, `waiting since today`. A day begins at midnight in England."""
    waited = (london_day(now) - london_day(since)).days
    return f"waiting {days(waited)}" if waited > 0 else "waiting since today"
