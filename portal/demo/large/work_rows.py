"""The county as rows: advisers, and draft plans with the adults they were served on."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.demo.large.copying import copy
from portal.demo.large.record import Case, Child, Paper
from portal.demo.large.rows import Staff, in_the_morning


async def write_advisers(children: Sequence[Child], staff: Staff) -> None:
    """Everybody who was asked for advice."""
    await copy(
        "adviser",
        "public_id ehc_case kind name organisation asked_on asked_by recorded_at returned_on note exception_kind"
        " exception_reason",
        (row for child in children for case in child.cases for row in _advisers(case, staff[child.caseworker])),
    )


def _advisers(case: Case, worker: int) -> Iterator[tuple[Any, ...]]:
    for one in case.advisers:
        asked = (one.asked, worker, in_the_morning(one.asked))
        yield (one.public_id, case.id, one.kind, one.name, one.organisation, *asked, one.returned, "", "", "")


async def write_drafts(children: Sequence[Child], staff: Staff) -> None:
    """Each draft plan that somebody was shown: who has it, since when, and any longer time to comment."""
    of = [(paper, child, staff[child.caseworker]) for child in children for paper in child.papers if paper.is_draft]
    await copy(
        "draft_plan",
        "id public_id child ehc_case document created_by created_at",
        (
            (paper.draft.id, paper.draft_id, child.id, _case_of(paper, child).id, paper.id, worker, paper.published)
            for paper, child, worker in of
        ),
    )
    await copy(
        "draft_plan_recipient",
        "id draft_plan account served_on on_paper notice recorded_by recorded_at strike_reason",
        (
            (one.draft.id, paper.draft.id, one.person.id, paper.on, False, one.notice.id, worker, paper.published, "")
            for paper, _, worker in of
            for one in paper.served
        ),
    )
    await copy(
        "draft_plan_extension",
        "recipient until reason recorded_by recorded_at",
        (row for paper, child, worker in of for row in _extensions(paper, child, worker)),
    )


def _case_of(paper: Paper, child: Child) -> Case:
    """The case whose decision the document tells."""
    return next(
        case for case in child.cases if any((act.kind, act.on) == (paper.kind, paper.on) for act in case.history.acts)
    )


def _extensions(paper: Paper, child: Child, worker: int) -> Iterator[tuple[Any, ...]]:
    for act in child.extended(_case_of(paper, child)):
        recorded = in_the_morning(act.recorded)
        yield paper.served[0].draft.id, act.on, "The family asked for more time.", worker, recorded
