"""Who may read what, kept by the simplest rules that can be said: it knows nothing of tables and commands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

LINK = timedelta(days=28)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
Pair = tuple[str, str]
"""A person and a child."""


@dataclass
class Families:
    """`open` are links that can be answered: until when, and by which address."""

    open: dict[Pair, tuple[datetime, str]] = field(default_factory=dict)
    said_yes: set[Pair] = field(default_factory=set)
    given: set[Pair] = field(default_factory=set)
    stopped: dict[Pair, datetime] = field(default_factory=dict)
    joined: dict[Pair, datetime] = field(default_factory=dict)
    placed: dict[Pair, datetime] = field(default_factory=dict)
    answered: set[Pair] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)

    def may_answer(self, who: str, pair: Pair, email: str, now: datetime) -> bool:
        """Whether this person, with this address, may say yes or no to the invitation of `pair`."""
        until, address = self.open.get(pair, (LONG_AGO, ""))
        return who == pair[0] and who not in self.closed and now < until and email == address

    def answers(self, pair: Pair, *, yes: bool) -> None:
        self.open.pop(pair, None)
        self.answered.add(pair)
        if yes:
            self.said_yes.add(pair)

    def activated(self, pair: Pair) -> None:
        self.said_yes.discard(pair)
        self.given.add(pair)

    def stop(self, pair: Pair, now: datetime) -> None:
        """The team ended it by hand, or refused it."""
        self.said_yes.discard(pair)
        self.given.discard(pair)
        self.stopped[pair] = now

    def gives_up(self, person: str, children: list[str], now: datetime) -> None:
        for child in children:
            self.stop((person, child), now)
        self.joined = {one: at for one, at in self.joined.items() if one[0] != person}

    def works_with(self, pair: Pair) -> bool:
        """Whether they work where the child is placed, and it has not been ended for them by name since the placing."""
        person, child = pair
        placed = [
            self.placed[school, child]
            for worker, school in self.joined
            if worker == person and (school, child) in self.placed
        ]
        return any(self.stopped.get(pair, LONG_AGO) < since for since in placed)

    def must_wait(self, pair: Pair) -> bool:
        """Whether the team must find them at Access requests: a yes is remembered while work gives access."""
        return pair in self.said_yes and pair not in self.given and not self.works_with(pair)

    def may_wait(self, pair: Pair) -> bool:
        """Less than `must_wait`: whoever waited when the work began goes on waiting."""
        return pair in self.said_yes

    def may_read(self, pair: Pair) -> bool:
        return pair in self.given or self.works_with(pair)

    def must_read(self, pair: Pair) -> bool:
        """Less than `may_read`: what waits for the team, or was stopped once, may stay closed."""
        untouched = pair not in self.stopped and pair not in self.answered
        return pair in self.given or (untouched and self.works_with(pair))


@dataclass
class Absence:
    """A colleague who is away, and who covers; both days are days away."""

    away: str
    cover: str
    first: date
    last: date


@dataclass
class Team:
    """Who of the SEND team sees which child."""

    team_of: dict[str, str]
    managers: frozenset[str]
    children: dict[str, str]
    caseworker: dict[str, str]
    absences: dict[str, Absence] = field(default_factory=dict)
    disabled: set[str] = field(default_factory=set)

    def takes(self, who: str, child: str) -> None:
        """A child belongs to the team of its caseworker, from the moment on which the case is given."""
        self.caseworker[child] = who
        self.children[child] = self.team_of[who]

    def sees(self, who: str, child: str, today: date) -> bool:
        if who in self.disabled:
            return False
        own = {who} | {
            one.away for one in self.absences.values() if one.cover == who and one.first <= today <= one.last
        }
        return who in self.managers or self.team_of[who] == self.children[child] or self.caseworker.get(child) in own
