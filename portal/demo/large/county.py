"""Draws the county: families, their children, the cases, and who may see what. Pure but for chance."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from portal.cases.calendar import DAY
from portal.dates import london_day
from portal.demo.large.advice import advisers_of
from portal.demo.large.assessment import assessment, exceptions
from portal.demo.large.chance import Chance, weekday
from portal.demo.large.history import History
from portal.demo.large.letters import letters_of
from portal.demo.large.names import Names
from portal.demo.large.papers import forms_of, papers_of, tell_decisions
from portal.demo.large.people import COUNTY_STAFF, Register, invited_for
from portal.demo.large.plan_life import plan_life
from portal.demo.large.record import Case, Child, Person
from portal.personal.rules import is_young_person, school_age_ends

YEARS = 4
ACCOUNTS_A_CHILD = 15_000 / 7_800
ONE_ADULT = 0.35
SIBLINGS = {1: 0.86, 2: 0.115, 3: 0.025}
ASKED_AGAIN = 0.08
"""Refused families who ask once more, later."""
SOON = timedelta(days=60)
"""Nobody is invited so shortly before the end of compulsory school age: the ground would not last until Activate."""
SOURCES = {"parent": 0.52, "school": 0.38, "young_person": 0.0, "other": 0.1}
AGES = {0: 2, 1: 3, 2: 7, 3: 11, 4: 12, 5: 10, 6: 8, 7: 8, 8: 8, 9: 7, 10: 7, 11: 6, 12: 5, 13: 4, 14: 4, 15: 3,
        16: 2, 17: 2, 18: 1, 19: 1, 20: 0.6, 21: 0.5, 22: 0.4}  # fmt: skip
"""How many of each age are asked for, in years at the request."""

CASEWORKERS = tuple(one for one in COUNTY_STAFF if one.role == "caseworker")

Told = Callable[[int], None]


def draw(
    chance: Chance, children: int, references: set[str], types: tuple[str, ...], now: datetime, told: Told
) -> list[Child]:
    """`children` children of the county as it is at `now`. `told` hears how many there are so far."""
    register = Register(chance, references)
    drawn: list[Child] = []
    while len(drawn) < children:
        size = min(chance.one_of(SIBLINGS), children - len(drawn))
        drawn += _family(register, size, now)
        told(len(drawn))
    _add_professionals(register, drawn, now)
    for child in drawn:
        letters_of(chance, child, types, now)
        papers_of(chance, child, now)
        forms_of(chance, child, now)
        for case in child.cases:
            advisers_of(chance, case, london_day(now))
    for child in drawn:
        tell_decisions(chance, child, now)
    return drawn


def _family(register: Register, size: int, now: datetime) -> list[Child]:
    chance, names = register.chance, register.names()
    surname = chance.choice(names.surnames)
    adults = [register.person(chance.choice(names.forenames), surname)]
    if not chance.happens(ONE_ADULT):
        other = chance.choice(names.surnames) if chance.happens(0.3) else surname
        adults.append(register.person(chance.choice(names.forenames), other))
    worker = chance.choice(CASEWORKERS)
    children = [_child(register, names, surname, now) for _ in range(size)]
    for child in children:
        child.team, child.caseworker = worker.team, worker.email
        for number, adult in enumerate(adults):
            _invite_adult(chance, child, adult, number, now)
        _invite_young_person(register, child, now)
    return children


def _child(register: Register, names: Names, surname: str, now: datetime) -> Child:
    chance, today = register.chance, london_day(now)
    received = _received(chance, today)
    born = _born(chance, received, today)
    source = "young_person" if is_young_person(born, received) else chance.one_of(SOURCES)
    cases = _cases(chance, received, born, source, today)
    forename = chance.choice(names.forenames)
    return Child(forename, surname, born, chance.public_id(), register.reference(), "", "", cases)


def _received(chance: Chance, today: date) -> date:
    """A working day of the last four years; few families ask in August and at Christmas."""
    while True:
        day = weekday(today - chance.days(1, round(365.25 * YEARS)))
        if not chance.happens({8: 0.5, 12: 0.25}.get(day.month, 0)):
            return day


def _born(chance: Chance, received: date, today: date) -> date:
    """So that nobody is younger than six months when asked for, or older than 25 today."""
    while True:
        born = received - timedelta(days=round(365.25 * (chance.one_of(AGES) + chance.random())))
        if (received - born).days > 180 and (today - born).days < 365.25 * 25:
            return born


def _cases(chance: Chance, received: date, born: date, source: str, today: date) -> list[Case]:
    first = history(chance, received, born, source, today)
    cases = [Case(first)]
    refused = next((one for one in first.acts if one.kind.startswith("decided_not_to")), None)
    if refused and refused is first.acts[-1] and chance.happens(ASKED_AGAIN):
        again = weekday(refused.on + chance.days(150, 500))
        if again < today:
            cases.append(Case(history(chance, again, born, source, today)))
    return cases


def history(chance: Chance, received: date, born: date, source: str, today: date) -> History:
    """One case from its request to the day before `today`."""
    acts, issued = assessment(chance, received)
    excepted = exceptions(chance, received, acts)
    if issued:
        acts += plan_life(chance, issued, born)
    return History(received, source, tuple(acts), tuple(excepted)).until(today)


def _invite_adult(chance: Chance, child: Child, adult: Person, number: int, now: datetime) -> None:
    basis = "carer" if chance.happens(0.06) else "parental_responsibility"
    since, last = child.received, school_age_ends(child.born)
    if since <= last < since + SOON:
        since = last + DAY
    if since > last:
        basis = "agreed"
    if (number == 0 or chance.happens(0.92)) and since < london_day(now) - DAY:
        child.ties.append(invited_for(chance, adult, basis, since, now))


def _invite_young_person(register: Register, child: Child, now: datetime) -> None:
    chance, today = register.chance, london_day(now)
    since = max(child.received, school_age_ends(child.born) + DAY)
    if not is_young_person(child.born, today) or not chance.happens(0.75) or since >= today - DAY:
        return
    own = register.person(child.forename, child.surname)
    own.born = child.born
    child.ties.append(invited_for(chance, own, "young_person", since, now))


def _add_professionals(register: Register, children: list[Child], now: datetime) -> None:
    """Schools and services, so that there are as many accounts as a county of this size has."""
    chance = register.chance
    registered = {id(tie.person) for child in children for tie in child.ties if tie.person.joined}
    count = max(5, round(ACCOUNTS_A_CHILD * len(children)) - len(registered))
    working = [register.professional() for _ in range(count)]
    for person in working:
        for child in chance.sample(children, chance.randint(1, 2)):
            tie = invited_for(chance, person, "professional", child.received, now)
            child.ties.append(tie)
