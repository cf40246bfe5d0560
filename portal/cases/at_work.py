"""What a case is to somebody who works with the child: its stage and its dates. Pure."""

from dataclasses import replace

from portal.cases.facts import CaseFacts

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

    The stage, the decisions with their days, and the dates in law stay.
    """
    known = tuple(replace(one, note="") for one in facts.decisions if one.kind not in _OF_FAMILY)
    return replace(facts, decisions=known, exceptions=(), explanations=())
