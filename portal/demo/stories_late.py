"""Children whose assessment is far on, or whose plan is in place; one is late, with an exception."""

from portal.demo.people import DANIEL, FATIMA, GEMMA, GRACE, JOANNE, KAREN, PRIYA, SOFIA, TOM, TYLER, WEI
from portal.demo.steps import (
    AdviceAsked,
    AdviceCame,
    Asked,
    Commented,
    DateSet,
    Decided,
    DraftAnswered,
    DraftSent,
    DraftServed,
    Excepted,
    Filled,
    Invited,
    Moved,
    NoteWritten,
    Published,
    Step,
    Story,
    Wrote,
    joined,
)

DRAFT, FINAL = "Draft plan", "Final plan"


def assessed(*, decided: int = 36, deciding: int = 85) -> tuple[Step, ...]:
    """The first four stages, in time: the decision to assess, the advice, and the meeting that decides."""
    return (
        Moved(5, "considering"),
        Decided(decided, "decided_to_assess"),
        AdviceAsked(decided + 1, "education", "The SENCO", "Lakeside Primary School"),
        AdviceAsked(decided + 1, "psychology", "Dr Lowe", "Westmere Educational Psychology"),
        AdviceAsked(decided + 1, "health", "Dr Farah", "Westmere Children’s Clinic"),
        AdviceCame(decided + 20, "The SENCO"),
        AdviceCame(decided + 34, "Dr Lowe"),
        AdviceCame(decided + 40, "Dr Farah"),
        Moved(deciding, "deciding"),
    )


def planned(adult: str, name: str, *, issue: int, served: int, on_paper: bool = True) -> tuple[Step, ...]:
    """The plan that was agreed and the draft: sent on paper, or shown here so that it can be served."""
    return (
        Decided(issue, "decided_to_issue"),
        *((Decided(served, "draft_served"),) if on_paper else ()),
        Published(
            served,
            f"Draft EHC plan for {name}",
            (
                "This is a draft. Please read it and tell us what is right and what is missing.",
                f"Section A: {name}’s own words, and what the family hopes for.",
                "Section B: special educational needs.",
                "Section F: the special help that will be given.",
            ),
            adults=(adult,),
        ),
    )


def finished(adult: str, name: str, *, final: int) -> tuple[Step, ...]:
    """The final plan."""
    return (
        Decided(final, "final_issued"),
        Published(
            final,
            f"Final EHC plan for {name}",
            ("This is the final plan. The help in Section F must now be given.", "You have the right to appeal."),
            adults=(adult,),
            opened_by=(adult,),
        ),
    )


LUCA = Story(
    "Luca Rossi",
    age=5,
    received_days_ago=118,
    caseworker=PRIYA.email,
    source="parent",
    steps=(
        *joined(SOFIA.email, SOFIA.name),
        *assessed(),
        Asked(40, SOFIA.email, "parent_views", due=60),
        Filled(55, SOFIA.email, "parent_views"),
        *planned(SOFIA.email, "Luca", issue=104, served=112, on_paper=False),
        DraftServed(112, (SOFIA.email,)),
        Invited(113, "marco.rossi@example.com", "Marco Rossi"),
        Commented(114, SOFIA.email, "B", "It says that he is shy. He is not. Words are hard for him when it is loud."),
        Commented(114, SOFIA.email, "F", "The swimming on Thursdays calms him for the whole day. Please put it in."),
        DraftSent(114, SOFIA.email),
        DraftAnswered(116, "F", "changed", "You are right. Section F now has 30 minutes of swimming each week."),
        Commented(117, SOFIA.email, "E", "I would like one about friends."),
        Asked(112, SOFIA.email, "draft_plan_response", due=126),
        Asked(112, SOFIA.email, "parental_preference", due=126),
        Wrote(
            112,
            SOFIA.email,
            "Luca’s draft plan",
            "Dear Sofia, Luca’s draft plan is under Documents to View. You have 15 days to comment."
            "\n\nThere are two forms for you under Actions to Complete. Phone me if you would rather talk it through.",
            message_type=DRAFT,
        ),
        Wrote(
            114,
            SOFIA.email,
            "Luca’s draft plan",
            "Thank you, Priya. It sounds like him! I miss the swimming that helps him so much. Can that go in?",
            from_family=True,
            read=False,
        ),
        Wrote(
            116,
            SOFIA.email,
            "A place to visit",
            "Lakeside Primary School can show you round on Tuesday mornings. Shall I tell them that you are coming?",
            message_type="School place",
            read=False,
        ),
        DateSet(113, 122, "Meeting about the draft plan, 10am, County Hall"),
    ),
)

ISLA = Story(
    "Isla Hughes",
    age=10,
    received_days_ago=101,
    caseworker=TOM.email,
    source="school",
    steps=(
        *joined(DANIEL.email, DANIEL.name),
        *assessed(),
        Asked(39, DANIEL.email, "parent_views", due=60),
        Filled(50, DANIEL.email, "parent_views"),
        Wrote(
            88,
            DANIEL.email,
            "When will you decide?",
            "All the reports are in now. When will you decide whether Isla gets a plan?",
            from_family=True,
            message_type="EHC Needs Assessment (0-20 weeks)",
        ),
        Wrote(
            90,
            DANIEL.email,
            "When will you decide?",
            "Our panel meets next week. I will write to you the day after. By law we must tell you in 16 weeks.",
        ),
    ),
)

NOAH = Story(
    "Noah Hughes",
    age=13,
    received_days_ago=380,
    caseworker=TOM.email,
    source="parent",
    steps=(
        *joined(DANIEL.email, DANIEL.name),
        *assessed(),
        *planned(DANIEL.email, "Noah", issue=100, served=110),
        Moved(126, "finalising"),
        *finished(DANIEL.email, "Noah", final=138),
        Moved(150, "in_place"),
        Wrote(
            360,
            DANIEL.email,
            "Noah’s annual review",
            "Dear Daniel, we would like to plan Noah’s annual review. Which days suit you?",
            message_type="Annual Review",
            read=False,
        ),
    ),
)

RUBY = Story(
    "Ruby Bennett",
    age=12,
    received_days_ago=132,
    caseworker=GRACE.email,
    source="parent",
    steps=(
        *joined(JOANNE.email, JOANNE.name),
        *assessed(),
        *planned(JOANNE.email, "Ruby", issue=98, served=106),
        Asked(106, JOANNE.email, "parental_preference", due=120),
        Filled(115, JOANNE.email, "parental_preference"),
        Moved(122, "finalising"),
    ),
)

MEI = Story(
    "Mei Chen",
    age=6,
    received_days_ago=139,
    caseworker=GRACE.email,
    source="parent",
    steps=(
        *joined(WEI.email, WEI.name),
        *assessed(),
        *planned(WEI.email, "Mei", issue=96, served=105),
        Moved(121, "finalising"),
        *finished(WEI.email, "Mei", final=135),
        Wrote(
            135,
            WEI.email,
            "Mei’s final plan",
            "Dear Wei, Mei’s final plan is ready. It is under Documents to View. Thank you for all your help with it.",
            message_type=FINAL,
        ),
    ),
)

YUSUF = Story(
    "Yusuf Begum",
    age=8,
    received_days_ago=152,
    caseworker=PRIYA.email,
    source="parent",
    letters_unread_by=(FATIMA.email,),
    steps=(
        *joined(FATIMA.email, FATIMA.name),
        *assessed(deciding=128),
        Excepted(
            60,
            "absent",
            "final",
            "The family stayed with Fatima’s mother in Sylhet, who was very ill.",
            "Yusuf was away for 5 weeks, so he could not be seen.",
            lasts=35,
            target=173,
        ),
        Wrote(
            141,
            FATIMA.email,
            "Why is it late?",
            "You said 20 weeks. That was yesterday. What is happening?",
            from_family=True,
            message_type="Complaint",
        ),
        Wrote(
            142,
            FATIMA.email,
            "Why is it late?",
            "Dear Fatima, I am sorry. The psychologist could see Yusuf only after you were back. We now aim at the"
            " date that stands on your dashboard. I will phone you every Friday until then.",
        ),
        NoteWritten(142, "Phoned Fatima to say sorry. She wants a call each Friday, after 10am."),
    ),
)

TYLER_S_OWN = Story(
    "Tyler Brooks",
    age=18,
    received_days_ago=470,
    caseworker=TOM.email,
    source="young_person",
    steps=(
        *joined(TYLER.email, TYLER.name, basis="young_person"),
        *joined(GEMMA.email, GEMMA.name, day=20, basis="agreed"),
        *assessed(),
        *planned(TYLER.email, "Tyler", issue=97, served=108),
        Moved(125, "finalising"),
        *finished(TYLER.email, "Tyler", final=137),
        Moved(145, "in_place"),
        Asked(455, TYLER.email, "young_person_views", due=485),
        Decided(450, "review_meeting", "We meet at college, in your tutor’s room, at 2pm.", on=490),
        Wrote(
            455,
            TYLER.email,
            "Your review",
            "Hi Tyler, your review is coming up. It is about what you want next. The form asks what works for you.",
            message_type="Annual Review",
            read=False,
        ),
    ),
)

RYAN = Story(
    "Ryan Walsh",
    age=16.7,
    received_days_ago=530,
    caseworker=TOM.email,
    source="parent",
    steps=(
        *joined(KAREN.email, KAREN.name),
        *assessed(),
        *planned(KAREN.email, "Ryan", issue=98, served=109),
        Moved(126, "finalising"),
        *finished(KAREN.email, "Ryan", final=138),
        Moved(146, "in_place"),
        Invited(505, "ryan.walsh@example.com", "Ryan Walsh", "young_person"),
    ),
)
"""The rights have become his own, the record still says his mother's, and he has not answered the invitation."""

STORIES = (LUCA, ISLA, NOAH, RUBY, MEI, YUSUF, TYLER_S_OWN, RYAN)
