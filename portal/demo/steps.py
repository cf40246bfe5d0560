"""What may happen in a family's story. `day` counts from the day of the request, which is day 0.

People are named by their email address. The rest of this package plays each step with the portal's
own commands, as if it had been done on its day.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Something that somebody did on one day, by one of the `hour`s of the team's day."""

    day: int


@dataclass(frozen=True)
class Invited(Step):
    """The team sent "Your unique code"."""

    email: str
    adult_name: str
    basis: str = "parental_responsibility"


@dataclass(frozen=True)
class Verified(Step):
    """The adult read out the code on the phone, and got "Accept Portal Invitation"."""

    email: str


@dataclass(frozen=True)
class Accepted(Step):
    """The adult said yes; access waits for the team."""

    email: str


@dataclass(frozen=True)
class Activated(Step):
    """The team gave access."""

    email: str


@dataclass(frozen=True)
class Decided(Step):
    """A decision was recorded; `kind` is one of `cases.rules.DECISIONS`. A meeting may be planned for the day `on`."""

    kind: str
    note: str = ""
    on: int = 0


@dataclass(frozen=True)
class AskedAgain(Step):
    """The family asked for an assessment again; what comes after is about this request."""


@dataclass(frozen=True)
class Moved(Step):
    """The caseworker moved the case to another stage."""

    stage: str


@dataclass(frozen=True)
class Excepted(Step):
    """A lawful exception; `lasts` days from `day`. The new target lies `target` days after the request.

    `reason` is for the team, `told` for the family.
    """

    kind: str
    duty: str
    reason: str
    told: str
    lasts: int
    target: int


@dataclass(frozen=True)
class Explained(Step):
    """The family was told why `duty` is late, for no reason that the law knows. The new target as above."""

    duty: str
    told: str
    target: int


@dataclass(frozen=True)
class DateSet(Step):
    """A key date was added on `day`, for the day `on` (also counted from the request)."""

    on: int
    title: str


@dataclass(frozen=True)
class Wrote(Step):
    """A message of the family (`author` is its adult) or the team (`author` is empty) in the conversation `subject`.

    `adult` is whose conversation it is. The first message of a subject begins it. `read` says whether
    the other side has opened it.
    """

    adult: str
    subject: str
    body: str
    from_family: bool = False
    message_type: str = ""
    read: bool = True


@dataclass(frozen=True)
class Published(Step):
    """A document was shown to `adults`; those in `opened_by` have downloaded it."""

    description: str
    text: tuple[str, ...]
    adults: tuple[str, ...]
    opened_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked(Step):
    """A form was sent to `adult`, due on the day `due` (counted from the request)."""

    adult: str
    form: str
    due: int


@dataclass(frozen=True)
class Filled(Step):
    """The adult filled the first `pages` of the form; with `pages` 0 all of them, and sent it in."""

    adult: str
    form: str
    pages: int = 0


@dataclass(frozen=True)
class DraftServed(Step):
    """The newest document was served on `adults` as the draft plan."""

    adults: tuple[str, ...]


@dataclass(frozen=True)
class Commented(Step):
    """The adult wrote a comment on one section of the draft, and has not sent it yet."""

    adult: str
    section: str
    body: str


@dataclass(frozen=True)
class DraftSent(Step):
    """The adult sent every comment that was saved."""

    adult: str


@dataclass(frozen=True)
class DraftAnswered(Step):
    """The team answered the comment on a section; `outcome` is one of `drafts.rules.outcomes`."""

    section: str
    outcome: str
    body: str


@dataclass(frozen=True)
class AdviceAsked(Step):
    """Somebody was asked for advice; `kind` is one of `advice.rules.ADVISERS`."""

    kind: str
    name: str
    organisation: str


@dataclass(frozen=True)
class AdviceCame(Step):
    """The adviser called `name` sent what they were asked for."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class AdviserReminded(Step):
    """The adviser called `name` was reminded."""

    name: str


@dataclass(frozen=True)
class AdviserWished(Step):
    """The adult wanted somebody else asked; the team has not answered yet."""

    adult: str
    name: str
    organisation: str
    why: str


@dataclass(frozen=True)
class NoteWritten(Step):
    """The caseworker wrote a note that only the team reads."""

    body: str


@dataclass(frozen=True)
class MessageAssigned(Step):
    """The conversation `subject` of an adult was given to a `colleague`, who is named by email address."""

    adult: str
    subject: str
    colleague: str


@dataclass(frozen=True)
class WhereaboutsMarked(Step):
    """The team noted that other people must not learn where an adult is."""

    adult: str
    reason: str


@dataclass(frozen=True)
class Story:
    """One child: who they are, when the request came (days ago), whose case it is, and what happened since.

    Everybody opens the letters about decisions, but for those named in `letters_unread_by`.
    """

    name: str
    age: float
    received_days_ago: int
    caseworker: str
    source: str
    steps: tuple[Step, ...]
    letters_unread_by: tuple[str, ...] = ()


def joined(email: str, name: str, *, day: int = 1, basis: str = "parental_responsibility") -> tuple[Step, ...]:
    """Everything from the code to access, in four days."""
    return (
        Invited(day, email, name, basis),
        Verified(day + 1, email),
        Accepted(day + 2, email),
        Activated(day + 3, email),
    )
