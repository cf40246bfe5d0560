"""The parts about the person: account, access, work, emails, what they did."""

from portal.everything.asking import CHILD, MAY_READ, Part, asked

OWN = (
    Part(
        "your-details",
        "Your details",
        asked("""
            SELECT a.id AS "#", a.forename, a.surname, a.email, a.telephone, a.property_name, a.house, a.street, a.area,
                a.town, a.county, a.postcode, a.date_of_birth, a.is_young_person AS you_are_the_young_person,
                a.is_professional AS you_use_it_for_your_work, a.organisation, a.job_title, t.name AS team,
                a.totp_secret <> '' AS authenticator_app, a.password_changed_at, a.created_at AS registered_at
            FROM me JOIN account a ON a.id = me.account LEFT JOIN team t ON t.id = a.team"""),
    ),
    Part(
        "your-wishes",
        "What you want otherwise than usual",
        asked("""SELECT w.id AS "#", w.wish, w.since FROM me JOIN account_wish w ON w.account = me.account"""),
    ),
    Part(
        "access",
        "Your access to children’s records",
        asked(f"""
            SELECT r.id AS "#", CASE WHEN r.state = 'ended' THEN 'A record that you no longer see' ELSE p.child END
                AS child, r.state AS access, r.basis, o.name AS because_you_work_at, r.accepted_at AS you_said_yes_at,
                r.activated_at AS given_at, r.ended_at
            FROM me JOIN relationship r ON r.account = me.account
            JOIN LATERAL (SELECT {CHILD} FROM child c WHERE c.id = r.child) p ON true
            LEFT JOIN organisation o ON o.id = r.organisation"""),
    ),
    Part(
        "invitations",
        "Invitations to children’s records",
        asked("""
            SELECT i.id AS "#", i.created_at AS begun_at, i.email AS to, i.state AS invitation, i.basis,
                CASE WHEN i.answered_by = me.account THEN i.adult_name ELSE '' END AS name,
                i.identity_method AS how_we_knew_you, i.verified_at AS checked_at, i.answered_at
            FROM me JOIN invitation i ON i.answered_by = me.account OR i.email_key = me.email
            WHERE i.state <> 'kept'"""),
    ),
    Part(
        "organisations",
        "Where you work",
        asked("""
            SELECT m.id AS "#", o.name AS organisation, m.state AS work, m.name, m.email,
                m.identity_method AS how_we_knew_you, m.invited_at, m.joined_at, m.ended_at
            FROM me JOIN organisation_member m
                ON m.account = me.account OR (m.account IS NULL AND m.email_key = me.email)
            JOIN organisation o ON o.id = m.organisation"""),
    ),
    Part(
        "request-not-sent",
        "An assessment that you began to ask for",
        asked("""
            SELECT d.id AS "#", d.updated_at AS kept_at, d.typed AS request
            FROM me JOIN assessment_draft d ON d.account = me.account"""),
    ),
    Part(
        "emails",
        "Emails that we sent you",
        asked("""
            SELECT n.id AS "#", n.queued_at AS written_at, n.sent_at, n.email AS to, n.kind AS about, n.result
            FROM me JOIN notice n ON n.account = me.account OR (n.account IS NULL AND lower(n.email) = me.email)"""),
    ),
    Part(
        "signed-in",
        "Browsers that you signed in with",
        asked("""
            SELECT s.id AS "#", s.created_at AS since, s.seen_at AS last_used_at, s.user_agent AS browser
            FROM me JOIN session s ON s.account = me.account AND s.stage = 'full'"""),
    ),
    Part(
        "kept-views",
        "Views of the caseload that you kept",
        asked("""
            SELECT s.id AS "#", s.name, s.asked AS filter, s.created_at AS kept_at
            FROM me JOIN saved_view s ON s.account = me.account"""),
        of_team=True,
    ),
    Part(
        "absences",
        "When you were away or covered",
        asked("""
            SELECT x.id AS "#", x.from_day, x.to_day, x.ended_at, a.forename || ' ' || a.surname AS away,
                v.forename || ' ' || v.surname AS covered_by
            FROM me JOIN absence x ON x.account = me.account OR x.cover = me.account
            JOIN account a ON a.id = x.account JOIN account v ON v.id = x.cover"""),
        of_team=True,
    ),
    Part(
        "what-you-did",
        "What you did",
        asked(f"""
            SELECT e.id AS "#", e.at AS "when", e.event AS what, coalesce(k.case_reference, '') AS "case"
            FROM me JOIN audit_entry e ON e.actor = me.account
            LEFT JOIN LATERAL (SELECT c.case_reference FROM child c {MAY_READ} WHERE c.id = e.child) k ON true"""),
    ),
)
"""In the order of the zip's first page.

"What you did" names only the cases that the person may read: it would else say that a child exists for whom they asked
in vain. An invitation that is kept is left out: nobody has been told of it, and nobody has checked whose address it is.
"""
