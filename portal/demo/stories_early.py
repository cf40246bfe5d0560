"""Children whose assessment has just begun: invited, waiting, being considered, advice, and one that ended there."""

from portal.demo.people import (
    AMARA,
    CHLOE,
    DAVID,
    GRACE,
    LILY_S_MOTHER,
    MEGAN,
    PRIYA,
    RACHEL,
    SIMON,
    TOM,
    ZAIN_S_MOTHER,
)
from portal.demo.steps import (
    Accepted,
    AdviceAsked,
    AdviceCame,
    AdviserReminded,
    AdviserWished,
    Asked,
    AskedAgain,
    DateSet,
    Decided,
    Explained,
    Filled,
    Invited,
    MessageAssigned,
    Moved,
    NoteWritten,
    Published,
    Story,
    Verified,
    WhereaboutsMarked,
    Wrote,
    joined,
)

ASSESSMENT = "EHC Needs Assessment (0-20 weeks)"

LILY = Story(
    "Lily Avery",
    age=6,
    received_days_ago=4,
    caseworker=PRIYA.email,
    source="parent",
    steps=(Invited(2, LILY_S_MOTHER.email, LILY_S_MOTHER.name), Verified(3, LILY_S_MOTHER.email)),
)

ZAIN = Story(
    "Zain Aziz",
    age=4,
    received_days_ago=2,
    caseworker=TOM.email,
    source="parent",
    steps=(Invited(1, ZAIN_S_MOTHER.email, ZAIN_S_MOTHER.name, "carer"),),
)

OWEN = Story(
    "Owen Price",
    age=8,
    received_days_ago=9,
    caseworker=PRIYA.email,
    source="school",
    steps=(Invited(2, MEGAN.email, MEGAN.name), Verified(4, MEGAN.email), Accepted(6, MEGAN.email)),
)

ETHAN = Story(
    "Ethan Turner",
    age=7,
    received_days_ago=26,
    caseworker=PRIYA.email,
    source="parent",
    steps=(
        *joined(CHLOE.email, CHLOE.name),
        *joined(SIMON.email, SIMON.name, day=5, basis="professional"),
        Moved(6, "considering"),
        Published(
            6,
            "Letter: we have your request",
            (
                "Thank you for asking us to assess Ethan’s needs.",
                "We decide within 6 weeks whether an assessment is needed.",
                "Priya Nair is your caseworker. Please phone her whenever you like.",
            ),
            adults=(CHLOE.email,),
            opened_by=(CHLOE.email,),
        ),
        Asked(7, CHLOE.email, "parent_views", due=33),
        Wrote(
            8,
            CHLOE.email,
            "Ethan’s school report",
            "Hello, the school has given me a report about Ethan’s reading. Would it help if I sent it to you?",
            from_family=True,
            message_type=ASSESSMENT,
        ),
        Wrote(
            9,
            CHLOE.email,
            "Ethan’s school report",
            "Yes please, Chloe. You can attach it here, or post it. Everything that shows how Ethan is doing helps.",
        ),
        Wrote(
            24,
            CHLOE.email,
            "A phone call about Ethan",
            "Dear Chloe, I would like to phone you about Ethan’s mornings at school. When would suit you best?",
            message_type=ASSESSMENT,
            read=False,
        ),
        Wrote(
            20,
            SIMON.email,
            "What school can send",
            "Dear Mr Clarke, please send us what the school has done for Ethan since September.",
            message_type=ASSESSMENT,
        ),
        DateSet(24, 30, "Panel looks at Ethan’s request"),
        NoteWritten(10, "Phoned Chloe. She would rather be phoned before 3pm, when Ethan is at school."),
    ),
)

KELECHI = Story(
    "Kelechi Okoye",
    age=9,
    received_days_ago=61,
    caseworker=PRIYA.email,
    source="parent",
    steps=(
        *joined(AMARA.email, AMARA.name),
        *joined(DAVID.email, DAVID.name, day=12),
        WhereaboutsMarked(13, AMARA.email, "She phoned: she has moved and David must not learn where."),
        Moved(5, "considering"),
        Decided(15, "decided_to_assess", "Kelechi needs more help than his school can give by itself."),
        AdviceAsked(16, "education", "Mrs Hall, SENCO", "Lakeside Primary School"),
        AdviceAsked(16, "psychology", "Dr Lowe", "Westmere Educational Psychology"),
        AdviceAsked(16, "health", "Nia Evans, speech therapist", "Westmere Children’s Therapies"),
        AdviceAsked(30, "social_care", "Omari Blake", "Westmere Early Help"),
        AdviceCame(44, "Mrs Hall, SENCO", "Very full, with his reading scores."),
        AdviceCame(55, "Nia Evans, speech therapist", "Asks for therapy each week."),
        AdviserReminded(59, "Dr Lowe"),
        Explained(60, "advice", "We have too few psychologists, so their visit comes later.", target=75),
        AdviserWished(
            50,
            AMARA.email,
            "Mr Adeyemi, swimming teacher",
            "Westmere Pool",
            "Kelechi talks to him, and to hardly anybody else. He has known him for three years.",
        ),
        Published(
            15,
            "Letter: we will assess Kelechi’s needs",
            (
                "We have decided to carry out an EHC needs assessment.",
                "We now ask the people who know Kelechi for advice. They have 6 weeks.",
                "You can tell us your own views in the portal, on paper or by phone.",
            ),
            adults=(AMARA.email, DAVID.email),
            opened_by=(AMARA.email,),
        ),
        Asked(40, AMARA.email, "parent_views", due=68),
        Filled(52, AMARA.email, "parent_views", pages=2),
        Asked(40, DAVID.email, "parent_views", due=68),
        Wrote(
            44,
            AMARA.email,
            "Who will see Kelechi?",
            "Can you tell me who is coming to see Kelechi, and whether I should be there? He is shy with new people.",
            from_family=True,
            message_type=ASSESSMENT,
        ),
        Wrote(
            46,
            AMARA.email,
            "Who will see Kelechi?",
            "Of course. Dr Lowe, the educational psychologist, visits his school and would like to meet you as well."
            "\n\nI have put the day into Key Dates. Please tell me if it does not suit you.",
        ),
        Wrote(
            57,
            AMARA.email,
            "Who will see Kelechi?",
            "Thank you. That day is fine. Could she start with something he likes? He loves trains.",
            from_family=True,
            read=False,
        ),
        Wrote(
            55,
            DAVID.email,
            "Letters to my address",
            "I live apart from Kelechi’s mother. Please send me my own copy of every letter.",
            from_family=True,
            message_type="Something else",
        ),
        MessageAssigned(56, DAVID.email, "Letters to my address", TOM.email),
        NoteWritten(
            47,
            "Amara phoned. Kelechi hides when strangers come, so the school asks Dr Lowe to come after trains club.",
        ),
        NoteWritten(56, "David and Amara live apart. Every letter goes to both of them. Tom answers David about it."),
        DateSet(46, 66, "Dr Lowe, educational psychologist, meets Kelechi"),
        DateSet(46, 75, "Speech and language therapist meets Kelechi"),
    ),
)

ALFIE = Story(
    "Alfie Cooper",
    age=11,
    received_days_ago=52,
    caseworker=GRACE.email,
    source="parent",
    steps=(
        *joined(RACHEL.email, RACHEL.name),
        Moved(6, "considering"),
        Decided(
            41,
            "decided_not_to_assess",
            "Alfie is making progress with the help that his school gives him now.",
        ),
        Published(
            41,
            "Letter: our decision, and your right to appeal",
            (
                "We have decided not to carry out an EHC needs assessment for Alfie.",
                "This letter gives our reasons. You have the right to appeal.",
                "You can also ask for mediation. It is free.",
            ),
            adults=(RACHEL.email,),
            opened_by=(RACHEL.email,),
        ),
        Wrote(
            43,
            RACHEL.email,
            "Why not?",
            "I do not understand this decision. Alfie comes home in tears every day. Who can I talk to?",
            from_family=True,
            message_type="Complaint",
            read=False,
        ),
    ),
)

EVIE = Story(
    "Evie Cooper",
    age=9,
    received_days_ago=84,
    caseworker=GRACE.email,
    source="parent",
    steps=(
        *joined(RACHEL.email, RACHEL.name),
        Decided(38, "decided_not_to_assess", "Evie’s reading has caught up with the help that her school gives her."),
        Decided(50, "mediation_asked", "You told us on the phone that you would like to talk it through."),
        AskedAgain(62),
        Moved(66, "considering"),
    ),
)
"""Asked again after a refusal, about which mediation is still open and the right to appeal still runs."""

STORIES = (LILY, ZAIN, OWEN, ETHAN, KELECHI, ALFIE, EVIE)
