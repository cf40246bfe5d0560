"""What a case is made of: its dated facts, the decisions that can be recorded, the exceptions the law knows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STAGES = ("request", "considering", "advice", "deciding", "draft", "finalising", "final", "in_place")
"""The main line, in order. Names and texts are the council's, in stages.toml."""

BRANCHES = ("not_assessing", "not_issuing", "withdrawn", "moved", "ceased")
"""Where an assessment ends, so that the clock stops."""

DISPUTES: Mapping[str, tuple[str, str]] = {
    "appeal": ("appeal_made", "appeal_ended"),
    "mediation": ("mediation_asked", "mediation_certificate"),
}
"""What may be open beside the line, without stopping a clock: the decisions that open and close it."""


@dataclass(frozen=True)
class Decision:
    """A dated fact of a case. `note` is what the family is told beside it."""

    kind: str
    on: date
    note: str = ""


@dataclass(frozen=True)
class LawfulException:
    """A reason in law why `duty` may be late. `revised_target` is the council's own aim, not a legal date."""

    kind: str
    duty: str
    starts: date
    reason: str
    approved_by: str
    ends: date | None = None
    revised_target: date | None = None


@dataclass(frozen=True)
class CaseFacts:
    """Everything the clock is computed from."""

    received: date
    stage: str = "request"
    branch: str = ""
    decisions: tuple[Decision, ...] = ()
    exceptions: tuple[LawfulException, ...] = field(default=())

    def day_of(self, *kinds: str) -> date | None:
        """The latest day on which any of `kinds` happened."""
        return max((decision.on for decision in self.decisions if decision.kind in kinds), default=None)


@dataclass(frozen=True)
class DecisionKind:
    """What recording a decision means: the stage or branch it leads to, and what it may be appealed as.

    It comes on or after the decision `after`, and never once the decision `unless` was made.
    Once there is a final plan, only what is `of_a_plan` can be decided.
    """

    label: str
    stage: str = ""
    branch: str = ""
    after: str = ""
    unless: str = ""
    of_a_plan: bool = False
    appealable: bool = False
    may_lie_ahead: bool = False


DECISIONS: Mapping[str, DecisionKind] = {
    "decided_to_assess": DecisionKind("We will carry out an EHC needs assessment", stage="advice"),
    "decided_not_to_assess": DecisionKind(
        "We will not carry out an EHC needs assessment",
        "considering",
        "not_assessing",
        unless="decided_to_assess",
        appealable=True,
    ),
    "advice_requested": DecisionKind("Advice was asked for", stage="advice"),
    "decided_to_issue": DecisionKind("We will write an EHC plan", stage="deciding", after="decided_to_assess"),
    "decided_not_to_issue": DecisionKind(
        "We will not write an EHC plan",
        "deciding",
        "not_issuing",
        after="decided_to_assess",
        unless="decided_to_issue",
        appealable=True,
    ),
    "draft_served": DecisionKind("The draft plan was sent to the family", stage="draft", after="decided_to_assess"),
    "comments_extended": DecisionKind(
        "More time to comment on the draft, until this day", after="draft_served", may_lie_ahead=True
    ),
    "final_issued": DecisionKind("The final EHC plan was issued", stage="final", after="draft_served", appealable=True),
    "plan_kept": DecisionKind(
        "After a review, the EHC plan stays as it is",
        stage="in_place",
        after="final_issued",
        of_a_plan=True,
        appealable=True,
    ),
    "changes_proposed": DecisionKind(
        "After a review, changes to the EHC plan were sent to the family",
        stage="in_place",
        after="final_issued",
        of_a_plan=True,
    ),
    "changed_plan_issued": DecisionKind(
        "The changed EHC plan was issued",
        stage="in_place",
        after="changes_proposed",
        of_a_plan=True,
        appealable=True,
    ),
    "reassessment_refused": DecisionKind(
        "We will not carry out another assessment", after="final_issued", of_a_plan=True, appealable=True
    ),
    "mediation_asked": DecisionKind("The family asked for mediation", after="final_issued", of_a_plan=True),
    "mediation_certificate": DecisionKind(
        "The mediation adviser gave a certificate", after="final_issued", of_a_plan=True
    ),
    "appeal_made": DecisionKind("The family appealed to the SEND Tribunal", after="final_issued", of_a_plan=True),
    "appeal_ended": DecisionKind("The appeal has ended", after="appeal_made", of_a_plan=True),
    "withdrawn": DecisionKind("The request was withdrawn", branch="withdrawn"),
    "moved_out": DecisionKind("The child moved to another council's area", branch="moved", of_a_plan=True),
    "ceased": DecisionKind(
        "We stopped maintaining the EHC plan", branch="ceased", after="final_issued", of_a_plan=True, appealable=True
    ),
}
"""What can be recorded. What may be appealed: CFA s.51(2); a changed plan, like the first, for sections B, F and I."""

DUTIES: Mapping[str, str] = {
    "considering": "Decision whether to assess (6 weeks)",
    "advice": "Advice from an adviser (6 weeks)",
    "deciding": "Decision whether to write a plan (16 weeks)",
    "final": "Final plan (20 weeks)",
}

LAW: Mapping[str, str] = {
    "considering": "SEND Regulations 2014, regulation 5(1)",
    "advice": "SEND Regulations 2014, regulation 8(1)",
    "deciding": "SEND Regulations 2014, regulation 10(1)",
    "draft": "SEND Regulations 2014, regulation 13(1)",
    "final": "SEND Regulations 2014, regulation 13(2)",
    "in_place": "Children and Families Act 2014, section 44(1)",
    "changing": "SEND Regulations 2014, regulation 22(3) and (4)",
}
"""Where the law sets each date that `statutory_date` gives."""

EXCEPTIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "school_closed": (
        "The school or nursery is closed for 4 weeks or more",
        frozenset({"considering", "deciding", "final"}),
    ),
    "personal": ("Exceptional personal circumstances", frozenset(DUTIES)),
    "absent": ("The child or parent is away from the area for 4 weeks or more", frozenset(DUTIES)),
    "missed_appointment": ("An appointment was missed", frozenset({"advice"})),
}
"""Kind: its words, and the duties it may excuse (regs 5(4), 8(2), 10(4), 13(3)). Waiting lists and staff
shortage are not exceptions."""
