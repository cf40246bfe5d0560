"""The county: lawful to the last step, about as Worcestershire is, and written as the commands would have."""

import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.engine import fetch, fetch_one
from portal import audit
from portal.access.queries import adults_of
from portal.access.rules import may_be_given
from portal.cases import rules
from portal.cases.rules import CaseFacts, Decision
from portal.cases.stored import COLUMNS, of_row
from portal.demo.large.build import fill_large, is_here
from portal.demo.large.chance import Chance
from portal.demo.large.county import draw
from portal.demo.large.history import MOVED, History
from portal.demo.large.listing import county_people
from portal.demo.large.people import COUNTY_STAFF
from portal.demo.large.progress import Progress
from portal.demo.large.record import Child
from portal.demo.people import FAMILY_PASSWORD, STAFF_PASSWORD
from portal.files.store import DiskStore
from portal.invitations.codes import link_hash, link_token
from portal.invitations.rules import State
from portal.passwords.hashing import PasswordHasher

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
TYPES = ("Draft plan", "Annual Review", "Complaint")


def drawn(children: int, seed: int = 5) -> list[Child]:
    return draw(Chance(seed), children, set(), TYPES, NOW, lambda _: None)


def histories(children: int) -> list[tuple[History, Child]]:
    return [(case.history, child) for child in drawn(children) for case in child.cases]


@pytest.fixture
async def county(db: object, tmp_path: Path) -> list[Child]:
    """A county of 120 children, in the database."""
    return await fill_large(TYPES, DiskStore(tmp_path), children=120, now=NOW, progress=Progress(io.StringIO()))


def after(history: History, born: CaseFacts) -> CaseFacts:
    """The case after every act, each let through by the rules on the day when it was recorded."""
    facts = born
    for act in history.acts:
        if act.kind.startswith(MOVED):
            stage, branch = act.kind.removeprefix(MOVED), facts.branch
            rules.may_move(stage, facts, act.recorded)
        else:
            rules.may_record(act.kind, act.on, facts, act.recorded)
            stage, branch = rules.place_after(act.kind, facts)
        facts = replace(facts, stage=stage, branch=branch, decisions=(*facts.decisions, Decision(act.kind, act.on)))
    return facts


def test_the_rules_let_every_step_of_every_history_through() -> None:
    seen: set[str] = set()
    for history, child in histories(800):
        facts = after(history, CaseFacts(history.received, born=child.born))
        assert (facts.stage, facts.branch) == (history.facts(child.born).stage, history.facts(child.born).branch)
        for one in history.exceptions:
            rules.may_except(one.exception, history.until(one.recorded).facts(child.born), one.recorded)
        seen |= {act.kind for act in history.acts if act.kind in rules.DECISIONS}
    assert len(seen) > 20, "histories are as different as in life"


def test_it_is_about_as_late_as_worcestershire_was_in_2024() -> None:
    plans = [
        issued <= history.received + timedelta(weeks=20)
        for history, child in histories(2000)
        if (issued := history.facts(child.born).day_of("final_issued"))
    ]
    assert 0.34 < sum(plans) / len(plans) < 0.41


def test_cases_end_and_stand_as_in_life() -> None:
    places = Counter(facts.branch or facts.stage for facts in (h.facts(child.born) for h, child in histories(1500)))
    total = places.total()
    assert 0.15 < places["not_assessing"] / total < 0.27
    assert 0.5 < places["in_place"] / total < 0.65
    assert set(places) >= {*rules.STAGES, *rules.BRANCHES}


def test_children_are_of_every_age_and_families_of_every_shape() -> None:
    children = drawn(1000)
    ages = {(NOW.date() - child.born).days // 365 for child in children}
    assert min(ages) <= 1
    assert max(ages) in {24, 25}
    adults = Counter(
        sum(tie.basis in {"parental_responsibility", "carer", "agreed"} for tie in child.ties) for child in children
    )
    assert 0.3 < adults[1] / adults.total() < 0.5
    assert adults[2] > adults[1] * 0.9
    parents = Counter(id(tie.person) for child in children for tie in child.ties if tie.basis != "professional")
    assert max(parents.values()) in {2, 3}, "brothers and sisters have the same parents"


def test_everybody_is_invited_and_given_access_on_a_ground_that_fits_the_age() -> None:
    ties = [(child.born, tie) for child in drawn(1000) for tie in child.ties]
    given = {
        (born, tie.basis, moment.date()) for born, tie in ties for moment in (tie.invited, tie.activated) if moment
    }
    assert not [one for one in given if one[1] not in may_be_given(one[0], one[2])]
    assert {tie.basis for _, tie in ties} >= {"parental_responsibility", "carer", "young_person", "agreed"}


def test_there_are_as_many_accounts_and_requests_as_in_a_county() -> None:
    children = drawn(1000)
    joined = {id(tie.person) for child in children for tie in child.ties if tie.person.joined}
    assert len(joined) == pytest.approx(1000 * 15_000 / 7_800, rel=0.05)
    years = Counter((NOW.date() - child.received).days // 365 for child in children)
    assert all(210 <= years[year] <= 285 for year in range(4))


def test_the_same_seed_draws_the_same_county() -> None:
    assert repr(drawn(20)) == repr(drawn(20)) != repr(drawn(20, seed=6))


async def test_every_case_in_the_database_stands_where_the_rules_put_it(county: list[Child]) -> None:
    rows = await fetch(f"SELECT {COLUMNS}, k.next_deadline FROM ehc_case k")
    assert len(rows) == sum(len(child.cases) for child in county)
    for row in rows:
        facts = of_row(row).facts
        kinds = [decision.kind for decision in facts.decisions]
        assert (row["stage"], row["branch"]) == rules.place_of(kinds, facts) or "comments_extended" in kinds
        assert row["next_deadline"] == rules.next_deadline(facts)


async def test_the_audit_trail_is_whole_and_tells_of_every_decision(county: list[Child]) -> None:
    assert await audit.first_broken_entry() is None
    told = await fetch_one("SELECT count(*) AS it FROM audit_entry WHERE event LIKE 'staff:%:recorded'")
    made = await fetch_one(
        "SELECT (SELECT count(*) FROM case_decision WHERE left(kind, 9) <> 'moved_to_')"
        " + (SELECT count(*) FROM case_exception) AS it"
    )
    assert told == made


async def test_the_team_and_the_families_can_sign_in(county: list[Child]) -> None:
    listed = await county_people()
    assert {one["email"] for one in listed} >= {one.email for one in COUNTY_STAFF}
    hasher = PasswordHasher(threads=1)
    for email, password in ((COUNTY_STAFF[0].email, STAFF_PASSWORD), (listed[-1]["email"], FAMILY_PASSWORD)):
        row = await fetch_one("SELECT password_hash FROM account WHERE email_key = {}", email)
        assert row
        assert await hasher.verify(row["password_hash"], password)
    assert all(one["totp_secret"] for one in listed if one["role"] != "parent")
    assert any(one["children"] for one in listed if one["role"] == "parent")


async def test_access_and_invitations_say_the_same(county: list[Child]) -> None:
    rows = await fetch(
        "SELECT r.state, i.state AS invitation FROM relationship r"
        " JOIN invitation i ON i.child = r.child AND i.answered_by = r.account"
    )
    fits = {("active", "active"), ("waiting", "accepted"), ("ended", "withdrawn")}
    assert {(row["state"], row["invitation"]) for row in rows} <= fits
    child = next(child for child in county if any(tie.access == "active" for tie in child.ties))
    assert len(await adults_of(child.id)) == sum(tie.access == "active" for tie in child.ties)


async def test_invitations_are_in_every_state_and_their_links_work(db: object, tmp_path: Path) -> None:
    await fill_large(TYPES, DiskStore(tmp_path), children=400, now=NOW, progress=Progress(io.StringIO()))
    rows = await fetch("SELECT id, state, link_hash FROM invitation")
    assert {row["state"] for row in rows} == {state.value for state in State}
    invited = next(row for row in rows if row["state"] == "invited")
    assert invited["link_hash"] == link_hash(link_token(invited["id"], 1))


async def test_documents_can_be_opened_and_forms_hold_answers(county: list[Child], tmp_path: Path) -> None:
    for row in await fetch("SELECT DISTINCT stored_as, size FROM stored_file"):
        assert len(await DiskStore(tmp_path).read(row["stored_as"])) == row["size"]
    empty = await fetch(
        "SELECT id FROM action WHERE (state = 'to_do') <> (answers = jsonb_build_object()) AND state <> 'withdrawn'"
    )
    assert not empty
    assert await fetch("SELECT id FROM conversation WHERE waiting_since IS NOT NULL")


async def test_everybody_with_access_was_told_of_a_decision_and_most_opened_its_letter(county: list[Child]) -> None:
    wrong = await fetch(
        "SELECT r.id FROM letter_recipient r LEFT JOIN case_decision d ON d.public_id = r.letter"
        " LEFT JOIN ehc_case k ON k.id = d.ehc_case AND k.child = r.child"
        " LEFT JOIN notice n ON n.id = r.notice AND n.account = r.account AND n.about->>'decision' = r.letter"
        " WHERE k.id IS NULL OR n.id IS NULL OR r.first_opened_at < r.served_at"
    )
    assert not wrong
    shares = await fetch_one("SELECT count(*) AS told, count(first_opened_at) AS opened FROM letter_recipient")
    assert shares
    assert shares["told"] > 120
    assert 0.75 < shares["opened"] / shares["told"] < 0.9


async def test_more_time_for_a_draft_stands_beside_its_recipient_and_nowhere_else(db: object, tmp_path: Path) -> None:
    await fill_large(TYPES, DiskStore(tmp_path), children=400, now=NOW, progress=Progress(io.StringIO()))
    assert await fetch("SELECT id FROM draft_plan_extension")
    twice = await fetch(
        "SELECT d.id FROM case_decision d JOIN draft_plan p ON p.ehc_case = d.ehc_case"
        " WHERE d.kind = 'comments_extended'"
    )
    assert not twice


async def test_advice_and_drafts_are_of_the_days_that_the_case_says(county: list[Child]) -> None:
    asked = "SELECT DISTINCT ehc_case, {} AS day FROM {} ORDER BY 1, 2"
    advisers = await fetch(asked.format("asked_on", "adviser"))
    assert advisers == await fetch(asked.format("happened_on", "case_decision WHERE kind = 'advice_requested'"))
    assert not await fetch("SELECT id FROM adviser WHERE returned_on < asked_on OR returned_on > {}", NOW.date())
    drafts = await fetch(
        "SELECT p.id FROM draft_plan p JOIN draft_plan_recipient r ON r.draft_plan = p.id"
        " JOIN case_decision d ON d.ehc_case = p.ehc_case AND d.kind = 'draft_served' AND d.happened_on = r.served_on"
    )
    recipients = await fetch("SELECT id FROM draft_plan_recipient")
    assert len(drafts) == len(recipients) > 0


async def test_nothing_lies_in_the_future_but_what_is_planned(county: list[Child]) -> None:
    for sql in (
        "SELECT id FROM audit_entry WHERE at > {}",
        "SELECT id FROM message WHERE greatest(sent_at, read_at) > {}",
        "SELECT id FROM account WHERE created_at > {}",
        "SELECT id FROM document_recipient WHERE first_opened_at > {}",
        "SELECT id FROM case_decision WHERE recorded_at > {}",
    ):
        assert not await fetch(sql, NOW), sql


async def test_it_knows_when_the_county_is_there_already(county: list[Child]) -> None:
    assert await is_here()


def test_progress_is_told_in_lines_where_there_is_no_terminal() -> None:
    out = io.StringIO()
    progress = Progress(out)
    for percent in range(101):
        progress.at(percent / 100, "Drawing")
    lines = out.getvalue().splitlines()
    assert len(lines) == 11
    assert lines[0].endswith("0%  Drawing")
    assert "100%" in lines[-1]
    assert "\r" not in out.getvalue()
