"""Which conversations wait for an answer, and from whom: the same for the inbox, Today, and who is mailed.

The parts of statements: `v` is the conversation, `c` its child. `{}` marks where values go.
"""

MAY_ANSWER = """g.disabled_at IS NULL AND (g.role IN ('manager', 'administrator') OR g.team = c.team
    OR g.id = c.caseworker OR EXISTS (SELECT FROM absence x WHERE x.account = c.caseworker AND x.cover = g.id
        AND x.ended_at IS NULL AND {} BETWEEN x.from_day AND x.to_day))"""
"""Whether the member of the SEND team `g` may see `c` on a day in London: the rule of `access.queries.child_of`."""

ANSWERS = f"""
LEFT JOIN LATERAL (
    SELECT coalesce(
        (SELECT g.id FROM account g WHERE g.id = v.assigned_to AND {MAY_ANSWER}),
        (SELECT g.id FROM account g WHERE g.id = c.caseworker AND g.disabled_at IS NULL)
    ) AS id
) who ON true
"""
"""`who.id`: the colleague it was given to, as long as they may see the child; else the caseworker. Needs the day.

Nobody when the caseworker works here no more. Whoever was given a message and then left, or moved to another
team, must neither be shown it nor hide it from the others.
"""

READS = """EXISTS (SELECT FROM relationship l JOIN account d ON d.id = l.account AND d.disabled_at IS NULL
    WHERE l.child = v.child AND l.account = v.account AND l.state = 'active')"""
"""Whether the adult of the conversation can still read an answer here."""

WAITS = f"v.waiting_since IS NOT NULL AND {READS}"
"""Whether an answer is owed through the portal. Who lost access is answered by post."""
