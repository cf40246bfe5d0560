"""The county as rows: people, children, cases, invitations and access."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from portal.cases import rules
from portal.dates import LONDON
from portal.demo.large.chance import Chance
from portal.demo.large.copying import copy
from portal.demo.large.record import Case, Child, Person, Tie
from portal.demo.play import MORNING
from portal.invitations.codes import link_hash, link_token
from portal.invitations.rules import CODE_LIFETIME, CODE_TRIES, IDENTITY_CHECKS, LINK_LIFETIME

Staff = Mapping[str, int]
"""The ids of the SEND team's accounts, by email address."""


def in_the_morning(day: date) -> datetime:
    """When the team records what it decided that day."""
    return datetime.combine(day, MORNING, LONDON)


async def write_people(people: Sequence[Person], password_hash: str) -> None:
    """The accounts of those who have joined. All have the same password."""
    await copy(
        "account",
        "id public_id role forename surname email email_key password_hash password_changed_at is_professional"
        " organisation job_title property_name house street area town county postcode telephone date_of_birth"
        " is_young_person totp_secret created_at",
        (_account(person, password_hash) for person in people),
    )


def _account(person: Person, hashed: str) -> tuple[Any, ...]:
    return (
        *(person.id, person.public_id, "family", person.forename, person.surname, person.email, person.email),
        *(hashed, person.joined, bool(person.organisation), person.organisation, person.job_title),
        *("", person.house, person.street, "", person.town, "", "WM2 4AB", person.telephone),
        *(person.born, person.born is not None, "", person.joined),
    )


async def write_children(children: Sequence[Child], teams: Mapping[str, int], staff: Staff) -> None:
    """The records of the children."""
    await copy(
        "child",
        "id public_id case_reference forename surname date_of_birth team caseworker created_at created_by",
        (_child(child, teams[child.team], staff[child.caseworker]) for child in children),
    )


def _child(child: Child, team: int, worker: int) -> tuple[Any, ...]:
    since = in_the_morning(child.received)
    names = (child.id, child.public_id, child.reference, child.forename, child.surname, child.born)
    return (*names, team, worker, since, worker)


async def write_cases(children: Sequence[Child], staff: Staff) -> None:
    """The cases with what was decided in them, the lawful exceptions, and the next date in law."""
    of = [(case, child, staff[child.caseworker]) for child in children for case in child.cases]
    await copy(
        "ehc_case",
        "id child received_on source stage branch next_deadline opened_at updated_at",
        (_case(case, child) for case, child, _ in of),
    )
    await copy(
        "case_decision",
        "public_id ehc_case kind happened_on note recorded_by recorded_at",
        (row for case, child, worker in of for row in _decisions(case, child, worker)),
    )
    await copy(
        "case_exception",
        "ehc_case kind duty starts_on ends_on reason told revised_target approved_by recorded_by recorded_at",
        (row for case, _, worker in of for row in _exceptions(case, worker)),
    )


def _case(case: Case, child: Child) -> tuple[Any, ...]:
    history = case.history
    facts = history.facts(child.born)
    last = max((act.recorded for act in history.acts), default=history.received)
    place = (case.id, child.id, history.received, history.source, facts.stage, facts.branch)
    return (*place, rules.next_deadline(facts), in_the_morning(history.received), in_the_morning(last))


def _decisions(case: Case, child: Child, worker: int) -> Iterator[tuple[Any, ...]]:
    for entry, act in child.recorded(case):
        yield entry, case.id, act.kind, act.on, "", worker, in_the_morning(act.recorded)


def _exceptions(case: Case, worker: int) -> Iterator[tuple[Any, ...]]:
    for one in case.history.exceptions:
        said = one.exception
        yield (
            *(case.id, said.kind, said.duty, said.starts, said.ends, said.reason, said.told, said.revised_target),
            *(said.approved_by, worker, in_the_morning(one.recorded)),
        )


async def write_ties(children: Sequence[Child], staff: Staff, chance: Chance) -> None:
    """The invitations, and the access that came of them."""
    of = [(tie, child, staff[child.caseworker]) for child in children for tie in child.ties]
    await copy(
        "invitation",
        "id public_id child email email_key adult_name basis state code_version code_expires_at code_tries"
        " verified_at verified_by identity_method link_version link_hash link_expires_at answered_by answered_at"
        " created_at created_by",
        (_invitation(tie, child, worker, chance) for tie, child, worker in of),
    )
    await copy(
        "relationship",
        "public_id account child basis state accepted_at activated_at activated_by ended_at ended_by end_reason",
        (_relationship(tie, child, worker) for tie, child, worker in of if tie.access),
    )


def _invitation(tie: Tie, child: Child, worker: int, chance: Chance) -> tuple[Any, ...]:
    person, verified = tie.person, tie.verified
    tries = CODE_TRIES if tie.invitation == "locked" else int(verified is not None)
    checked = (verified, worker, chance.choice(list(IDENTITY_CHECKS))) if verified else (None, None, "")
    link: tuple[Any, ...] = (0, "", None)
    if verified and tie.invitation != "verified":
        link = (1, link_hash(link_token(tie.id, 1)), verified + LINK_LIFETIME)
    return (
        *(tie.id, tie.public_id, child.id, person.email, person.email, person.name, tie.basis, tie.invitation),
        *(1, tie.invited + (timedelta() if tie.invitation == "kept" else CODE_LIFETIME), tries, *checked, *link),
        *(person.id if tie.answered and person.joined else None, tie.answered, tie.invited, worker),
    )


def _relationship(tie: Tie, child: Child, worker: int) -> tuple[Any, ...]:
    end: tuple[Any, ...] = (None, None, "")
    if tie.ended:
        end = (tie.ended, worker, "The adult asked us to end it.")
    activated = (tie.activated, worker if tie.activated else None)
    return (tie.access_id, tie.person.id, child.id, tie.basis, tie.access, tie.answered, *activated, *end)
