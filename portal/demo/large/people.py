"""The people of the county: staff, families, professionals, and who may see which child."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.demo.large.chance import Chance
from portal.demo.large.names import CULTURES, JOBS, SETTINGS, STREETS, TOWNS, Names
from portal.demo.large.record import Person, Tie
from portal.demo.people import NORTH, SOUTH, TEAMS, Staff
from portal.ids import is_spoiled_by_spreadsheets

EAST, WEST = "Westmere East", "Westmere West"
COUNTY_TEAMS = {
    **TEAMS,
    EAST: ("01632 960 153", "send.east@westmere.example"),
    WEST: ("01632 960 154", "send.west@westmere.example"),
}
COUNTY_STAFF = (
    Staff("Imran Saeed", "manager", EAST),
    Staff("Bronwen Pugh", "manager", WEST),
    Staff("Alice Fenwick", "caseworker", NORTH),
    Staff("Samuel Adeleke", "caseworker", NORTH),
    Staff("Katarzyna Zajac", "caseworker", NORTH),
    Staff("Owen Prosser", "caseworker", SOUTH),
    Staff("Leah Goldberg", "caseworker", SOUTH),
    Staff("Vikram Sethi", "caseworker", SOUTH),
    Staff("Maeve Corrigan", "caseworker", EAST),
    Staff("Joseph Tembo", "caseworker", EAST),
    Staff("Ruth Ackroyd", "caseworker", EAST),
    Staff("Hana Suzuki", "caseworker", WEST),
    Staff("Paulo Ribeiro", "caseworker", WEST),
    Staff("Ellen Whitby", "caseworker", WEST),
)


@dataclass
class Register:
    """Hands out what nobody else may have: case references and email addresses."""

    chance: Chance
    references: set[str]
    people: int = 0

    def reference(self) -> str:
        """A case reference that no child has."""
        while is_spoiled_by_spreadsheets(drawn := self.chance.readable(5)) or drawn in self.references:
            pass
        self.references.add(drawn)
        return drawn

    def person(self, forename: str, surname: str) -> Person:
        """Somebody new, with an address of their own."""
        self.people += 1
        chance = self.chance
        return Person(
            forename=forename,
            surname=surname,
            email=f"{forename.lower()}.{surname.lower()}.{self.people}@example.com",
            public_id=chance.public_id(),
            telephone=f"07700 900 {chance.randint(0, 999):03}",
            house=str(chance.randint(1, 180)),
            street=chance.choice(STREETS),
            town=chance.choice(TOWNS),
        )

    def professional(self) -> Person:
        """Somebody who works at a school or for the health service."""
        names = self.names()
        person = self.person(self.chance.choice(names.forenames), self.chance.choice(names.surnames))
        person.organisation, person.job_title = self.chance.choice(SETTINGS), self.chance.choice(JOBS)
        return person

    def names(self) -> Names:
        """Names that go together, as common as they are in the county."""
        return self.chance.choices(CULTURES, [names.weight for names in CULTURES])[0]


def invited_for(chance: Chance, person: Person, basis: str, received: date, now: datetime) -> Tie:
    """How far an invitation of the days after the request has got by `now`."""
    invited = chance.at_work(min(received + chance.days(1, 4), now.date() - timedelta(days=1)))
    tie = Tie(person, basis, "code_sent", invited, chance.public_id(), chance.public_id())
    if stuck := chance.one_of(
        {"": 944, "kept": 6, "code_sent": 22, "locked": 8, "withdrawn": 10, "expired": 6, "verified": 4}
    ):
        return _stuck(tie, stuck, chance)
    verified = _later(chance, invited, 0, 12)
    if verified >= now:
        return tie
    tie.verified, tie.invitation = verified, "invited"
    answered = _later(chance, verified, 0, 9)
    if chance.happens(0.02) or answered >= now:
        return tie
    tie.answered = answered
    if chance.happens(0.01):
        tie.invitation = "declined"
        return tie
    return _with_access(chance, tie, answered, now)


def _stuck(tie: Tie, state: str, chance: Chance) -> Tie:
    tie.invitation = state
    if state == "verified":
        tie.verified = tie.invited + timedelta(days=1)
    return tie


def _with_access(chance: Chance, tie: Tie, answered: datetime, now: datetime) -> Tie:
    tie.invitation, tie.access = "accepted", "waiting"
    tie.person.joined = min(tie.person.joined or answered, answered - timedelta(minutes=12))
    activated = _later(chance, answered, 1, 6)
    if activated >= now or chance.happens(0.003):
        return tie
    tie.invitation, tie.access, tie.activated = "active", "active", activated
    ended = _later(chance, activated, 30, 600)
    if chance.happens(0.02) and ended < now:
        tie.invitation, tie.access, tie.ended = "withdrawn", "ended", ended
    return tie


def _later(chance: Chance, moment: datetime, least: int, most: int) -> datetime:
    """At work, so many days later; never before `moment`."""
    return max(moment + timedelta(minutes=9), chance.at_work(moment.date() + chance.days(least, most)))
