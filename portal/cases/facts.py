"""What a case is made of: its dated facts, the decisions that can be recorded, the exceptions the law knows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

STAGES = ("request", "considering", "advice", "deciding", "draft", "finalising", "final", "in_place")
"""The main line, in order. Names and texts are the council's, in stages.toml."""

BRANCHES = ("not_assessing", "not_issuing", "withdrawn", "moved", "ceased")
"""Where an assessment ends, so that the clock stops."""

PLAN = ("final_issued", "plan_taken_over")
"""What there has to be before anything about a plan can be decided."""

_REOPENED = ("ordered_to_assess", "ordered_to_issue", "plan_goes_on")

DISPUTES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "appeal": ("appeal_made", ("appeal_ended", *_REOPENED)),
    "mediation": ("mediation_asked", ("mediation_certificate", "mediation_ended", *_REOPENED)),
}
"""What may be open beside the line, without stopping a clock: what opens it, and what closes it."""


@dataclass(frozen=True)
class Decision:
    """A dated fact of a case. `note` is what the family is told beside it; `public_id` names its letter.

    `number` grows in the order in which things are recorded, at `recorded_at`; both are empty before that.
    """

    kind: str
    on: date
    note: str = ""
    public_id: str = field(default="", compare=False)
    number: int = field(default=0, compare=False)
    recorded_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class LawfulException:
    """A reason in law why `duty` may be late. `revised_target` is the council's own aim, not a legal date.

    `reason` is for the team alone, `told` for the family; `public_id` names its letter.
    """

    kind: str
    duty: str
    starts: date
    reason: str
    approved_by: str
    ends: date | None = None
    revised_target: date | None = None
    told: str = ""
    public_id: str = field(default="", compare=False)
    recorded_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Explanation:
    """Why `duty` is late, for no reason that the law knows: what the family is told, and what the council aims for.

    It is no exception and moves no date. `on` is the day in London on which it was given.
    """

    duty: str
    told: str
    new_target: date
    on: date
    recorded_at: datetime | None = field(default=None, compare=False)
    public_id: str = field(default="", compare=False)


@dataclass(frozen=True)
class AskedAdviser:
    """Somebody who was asked for advice on one day, and the day on which it came, once it has."""

    asked: date
    returned: date | None = None


@dataclass(frozen=True)
class Service:
    """A draft plan that was served in the portal on one adult (an account's id), and any later last day for them."""

    account: int
    on: date
    longer: date | None = None


@dataclass(frozen=True)
class PlanEnd:
    """How long a plan that is to end goes on: until this day, and longer while a dispute about that is open."""

    until: date
    is_disputed: bool


@dataclass(frozen=True)
class CaseFacts:
    """Everything the clock is computed from. `advisers` are empty where only the day of asking is known.

    `services` are the drafts that adults have now, the last one served at the end. `served_here` stays true once
    one was served in the portal. Of what a reader may not know, `drafted_after_order` and `ending` keep what
    follows from it: that a draft is there, and how long the plan goes on.
    """

    received: date
    stage: str = "request"
    branch: str = ""
    decisions: tuple[Decision, ...] = ()
    exceptions: tuple[LawfulException, ...] = field(default=())
    born: date | None = None
    advisers: tuple[AskedAdviser, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    services: tuple[Service, ...] = ()
    served_here: bool = False
    drafted_after_order: bool = False
    ending: PlanEnd | None = None

    def day_of(self, *kinds: str) -> date | None:
        """The latest day on which any of `kinds` happened."""
        return max((decision.on for decision in self.decisions if decision.kind in kinds), default=None)

    def first_day_of(self, *kinds: str) -> date | None:
        """The earliest day on which any of `kinds` happened."""
        return min((decision.on for decision in self.decisions if decision.kind in kinds), default=None)

    @property
    def plan_on(self) -> date | None:
        """The day of the first plan, when that is known."""
        return self.first_day_of(*PLAN)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan, also one whose day nobody has recorded."""
        return self.plan_on is not None or self.stage in {"final", "in_place"}


@dataclass(frozen=True)
class DecisionKind:
    """What recording a decision means: the stage or branch it leads to, and what it may be appealed as.

    It comes on or after the newest of the decisions `after` (the oldest, when `after_any` of them will do),
    on or before those `before`, and never once one of `unless` was made. Once there is a plan, only what is
    `of_a_plan` can be decided, and what is `of_any_assessment` while another assessment runs. One that
    `reopens` a branch can be recorded only there, and leads back to the main line; one `about_a_dispute`
    follows a decision that can be appealed, also where that has ended the line. Of what `is_quiet` no
    family is told by email: it is older than the case here.
    """

    label: str
    stage: str = ""
    branch: str = ""
    after: tuple[str, ...] = ()
    after_any: bool = False
    before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    reopens: str = ""
    of_a_plan: bool = False
    of_any_assessment: bool = False
    about_a_dispute: bool = False
    appealable: bool = False
    may_lie_ahead: bool = False
    is_quiet: bool = False


_ASSESSING = ("decided_to_assess", "ordered_to_assess")
_WRITING = ("decided_to_issue", "ordered_to_issue")


def _of_plan(
    label: str,
    *,
    after: tuple[str, ...] = PLAN,
    after_any: bool = False,
    branch: str = "",
    appealable: bool = False,
    may_lie_ahead: bool = False,
) -> DecisionKind:
    """What is decided about a plan in place."""
    return DecisionKind(
        label,
        "" if branch else "in_place",
        branch,
        after,
        after_any,
        of_a_plan=True,
        appealable=appealable,
        may_lie_ahead=may_lie_ahead,
    )


def _of_dispute(label: str, *, after: tuple[str, ...] = ()) -> DecisionKind:
    return DecisionKind(label, after=after, of_a_plan=True, about_a_dispute=True)


DECISIONS: Mapping[str, DecisionKind] = {
    "decided_to_assess": DecisionKind("We will carry out an EHC needs assessment", stage="advice", unless=_ASSESSING),
    "decided_not_to_assess": DecisionKind(
        "We will not carry out an EHC needs assessment",
        "considering",
        "not_assessing",
        unless=_ASSESSING,
        appealable=True,
    ),
    "advice_requested": DecisionKind(
        "Advice was asked for",
        stage="advice",
        after=(*_ASSESSING, "reassessment_agreed"),
        after_any=True,
        of_any_assessment=True,
    ),
    "decided_to_issue": DecisionKind(
        "We will write an EHC plan", stage="deciding", after=_ASSESSING, before=("draft_served",), unless=_WRITING
    ),
    "decided_not_to_issue": DecisionKind(
        "We will not write an EHC plan",
        "deciding",
        "not_issuing",
        after=_ASSESSING,
        unless=(*_WRITING, "draft_served"),
        appealable=True,
    ),
    "draft_served": DecisionKind(
        "The draft plan was sent to the family",
        stage="draft",
        after=(*_ASSESSING, *_WRITING, "reassessment_agreed"),
        of_any_assessment=True,
    ),
    "comments_extended": DecisionKind(
        "More time to comment on the draft, until this day",
        after=("draft_served",),
        of_any_assessment=True,
        may_lie_ahead=True,
    ),
    "final_issued": DecisionKind(
        "The final EHC plan was issued", stage="final", after=("draft_served",), appealable=True
    ),
    "plan_taken_over": DecisionKind(
        "The EHC plan was made on this day, before this portal or by another council",
        stage="in_place",
        unless=(*PLAN, *_ASSESSING),
        of_a_plan=True,
        is_quiet=True,
    ),
    "review_taken_over": DecisionKind(
        "The last review of the EHC plan was decided on this day, before this portal",
        stage="in_place",
        after=PLAN,
        unless=("review_meeting",),
        of_a_plan=True,
        is_quiet=True,
    ),
    "review_meeting": _of_plan("A meeting to review the EHC plan, on this day", may_lie_ahead=True),
    "review_report": _of_plan("The report of the review meeting came", after=("review_meeting",), after_any=True),
    "plan_kept": _of_plan("After a review, the EHC plan stays as it is", appealable=True),
    "changes_proposed": _of_plan("After a review, changes to the EHC plan were sent to the family"),
    "changed_plan_issued": _of_plan("The changed EHC plan was issued", after=("changes_proposed",), appealable=True),
    "transfer_named": _of_plan("The EHC plan names the next school or college", appealable=True),
    "reassessment_asked": _of_plan("Another assessment was asked for"),
    "reassessment_refused": _of_plan(
        "We will not carry out another assessment", after=("reassessment_asked",), after_any=True, appealable=True
    ),
    "reassessment_agreed": _of_plan("We will carry out another assessment"),
    "reassessed_plan_issued": _of_plan(
        "The EHC plan after another assessment was issued", after=("reassessment_agreed",), appealable=True
    ),
    "reassessed_plan_kept": _of_plan(
        "After another assessment, the EHC plan stays as it is", after=("reassessment_agreed",), appealable=True
    ),
    "mediation_asked": _of_dispute("The family asked for mediation"),
    "mediation_certificate": _of_dispute("The mediation adviser gave a certificate"),
    "mediation_ended": _of_dispute("Mediation has ended", after=("mediation_asked",)),
    "appeal_made": _of_dispute("The family appealed to the SEND Tribunal"),
    "appeal_ended": _of_dispute("The appeal has ended", after=("appeal_made",)),
    "ordered_to_assess": DecisionKind(
        "After mediation or an appeal, we will carry out an EHC needs assessment",
        stage="advice",
        after=("decided_not_to_assess",),
        reopens="not_assessing",
    ),
    "ordered_to_issue": DecisionKind(
        "After mediation or an appeal, we will write an EHC plan",
        stage="deciding",
        after=("decided_not_to_issue",),
        reopens="not_issuing",
    ),
    "plan_goes_on": DecisionKind(
        "After mediation or an appeal, the EHC plan goes on",
        stage="in_place",
        after=("ceased",),
        reopens="ceased",
        of_a_plan=True,
    ),
    "withdrawn": DecisionKind("The request was withdrawn", branch="withdrawn"),
    "moved_out": DecisionKind(
        "We learned that the child moved to another council's area", branch="moved", of_a_plan=True
    ),
    "ceasing_proposed": _of_plan("We told the family that we may stop the EHC plan"),
    "ceased": _of_plan(
        "We have decided to stop the EHC plan", after=("ceasing_proposed",), branch="ceased", appealable=True
    ),
}
"""What can be recorded. What may be appealed: CFA s.51(2); a changed plan, like the first, for sections B, F and I."""

OF_ONE_ADULT = frozenset({"draft_served", "comments_extended"})
"""What happens to each adult on a day of their own, so that nobody reads of another's."""

DUTIES: Mapping[str, str] = {
    "considering": "Decision whether to assess (6 weeks)",
    "advice": "Advice from an adviser (6 weeks)",
    "deciding": "Decision whether to write a plan (16 weeks)",
    "final": "Final plan (20 weeks)",
}

LATE_NAMES: Mapping[str, str] = {
    **DUTIES,
    "in_place": "Review of the plan (12 months)",
    "reviewing": "Decision after a review meeting (4 weeks)",
    "changing": "Changed plan (8 weeks)",
    "answering": "Answer about another assessment (15 days)",
    "reassessing": "Plan after another assessment (14 weeks)",
    "transfer": "Next school or college in the plan",
}
"""Everything that can be late and is explained to a family when it is."""

LAW: Mapping[str, str] = {
    "considering": "SEND Regulations 2014, regulation 5(1)",
    "advice": "SEND Regulations 2014, regulation 8(1)",
    "deciding": "SEND Regulations 2014, regulation 10(1)",
    "draft": "SEND Regulations 2014, regulation 13(1)",
    "final": "SEND Regulations 2014, regulation 13(2)",
    "in_place": "Children and Families Act 2014, section 44(1)",
    "reviewing": "SEND Regulations 2014, regulation 20(10)",
    "changing": "SEND Regulations 2014, regulation 22(3) and (4)",
    "answering": "SEND Regulations 2014, regulation 25",
    "reassessing": "SEND Regulations 2014, regulation 27",
    "transfer": "SEND Regulations 2014, regulation 18",
    "moving": "SEND Regulations 2014, regulation 15",
    "reopened": "SEND Regulations 2014, regulations 42 and 44",
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
