"""What an adult may know of a case never depends on another adult's draft."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.cases import rules
from portal.cases.facts import CaseFacts, Decision, Service
from portal.cases.key_dates import key_dates
from portal.cases.seen import is_not_served, seen_by
from portal.cases.stages import standard
from portal.cases.timescale import timescale

AMAL, BEN = 1, 2
RECEIVED = date(2026, 1, 5)
DAYS = st.dates(date(2026, 2, 2), date(2026, 5, 25))
SERVICES = st.lists(
    st.builds(Service, account=st.sampled_from((AMAL, BEN)), on=DAYS, longer=st.none() | DAYS), max_size=5
)


def case(services: list[Service], *, served_here: bool = True) -> CaseFacts:
    on = min((one.on for one in services), default=date(2026, 3, 2))
    decisions = (Decision("decided_to_assess", date(2026, 2, 1)), Decision("draft_served", on))
    return CaseFacts(RECEIVED, "draft", decisions=decisions, services=tuple(services), served_here=served_here)


@given(SERVICES, DAYS)
def test_whatever_happens_to_ben_amal_reads_the_same(services: list[Service], today: date) -> None:
    without_ben = [one for one in services if one.account != BEN]
    seen, alone = seen_by(AMAL, case(services)), seen_by(AMAL, case(without_ben))
    assert seen == alone
    assert key_dates(seen, today) == key_dates(alone, today)
    assert timescale(seen, today, standard()) == timescale(alone, today, standard())


@given(SERVICES)
def test_the_final_plan_waits_for_the_last_day_of_each(services: list[Service]) -> None:
    last = rules.comments_last_day(case(services))
    assert last is not None
    for one in services:
        assert last >= max(one.on + timedelta(days=14), one.longer or one.on)


def test_what_was_recorded_by_hand_is_everybodys() -> None:
    facts = case([], served_here=False)
    assert seen_by(AMAL, facts) == facts
    assert not is_not_served(facts)


def test_no_statutory_date_depends_on_who_was_served() -> None:
    facts = case([Service(AMAL, date(2026, 3, 2), date(2026, 4, 2))])
    for account in (AMAL, BEN):
        for duty in rules.DUTIES:
            assert rules.statutory_date(duty, seen_by(account, facts)) == rules.statutory_date(duty, facts)
        assert rules.next_deadline(seen_by(account, facts)) == rules.next_deadline(facts)


def test_after_an_order_the_draft_of_another_adult_is_no_lateness() -> None:
    facts = case([Service(AMAL, date(2026, 3, 2))])
    ordered = Decision("ordered_to_issue", date(2026, 2, 2))
    facts = replace(facts, decisions=(facts.decisions[0], ordered, facts.decisions[1]))
    for account in (AMAL, BEN):
        assert "The draft plan is due" not in {
            one.title for one in key_dates(seen_by(account, facts), date(2026, 4, 1))
        }


def test_whoever_has_no_draft_is_told_how_drafts_are_sent_and_not_that_it_is_their_turn() -> None:
    facts = case([Service(AMAL, date(2026, 3, 2))])
    names = [
        next(one.texts.name for one in timescale(facts_of, date(2026, 3, 5), standard()).stages if one.key == "draft")
        for facts_of in (facts, seen_by(AMAL, facts), seen_by(BEN, facts))
    ]
    assert names == ["Draft plan: your turn", "Draft plan: your turn", "Draft plan"]
    assert is_not_served(replace(facts, services=()))
