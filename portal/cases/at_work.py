"""What a case is to somebody who works with the child: its stage and its dates. Pure."""

from dataclasses import replace

from portal.cases.appeals import open_dispute, plan_runs_until
from portal.cases.clock import is_drafted_after_order
from portal.cases.facts import CaseFacts, PlanEnd

_OF_FAMILY = frozenset(
    {
        "draft_served",
        "comments_extended",
        "mediation_asked",
        "mediation_certificate",
        "mediation_ended",
        "appeal_made",
        "appeal_ended",
    }
)


def facts_at_work(facts: CaseFacts) -> CaseFacts:
    """The same case without reasons and notes, and without what only the family does: commenting, mediation, appeal.

    The stage, the decisions with their days, and the dates in law stay. What follows from what is left out is
    reckoned before: a draft that is there is not late, and a plan goes on while an appeal keeps it alive.
    """
    known = tuple(replace(one, note="") for one in facts.decisions if one.kind not in _OF_FAMILY)
    return replace(
        facts,
        decisions=known,
        exceptions=(),
        explanations=(),
        drafted_after_order=is_drafted_after_order(facts),
        ending=_ending(facts),
    )


def _ending(facts: CaseFacts) -> PlanEnd | None:
    until = plan_runs_until(facts)
    return PlanEnd(until, open_dispute(facts) != "") if until else None
