"""The statements of the board: each counts a whole period at once. Values stand where `{}` is."""

TIMELY = """
WITH facts AS (
    SELECT k.id, c.team, k.branch, k.received_on, d.assessed, d.decided, d.told, d.final, d.left_on, d.taken_over,
        coalesce(array_position({}::text[], k.came_in_at), 0) AS came_in,
        coalesce(d.to_assess + 70, k.received_on + 112) AS decide_by,
        coalesce(greatest(d.to_assess + 98, d.to_issue + 77), k.received_on + 140) AS final_by
    FROM ehc_case k JOIN child c ON c.id = k.child LEFT JOIN (
        SELECT ehc_case,
            min(happened_on) FILTER (WHERE kind IN ('decided_to_assess', 'decided_not_to_assess')) AS assessed,
            min(happened_on) FILTER (WHERE kind IN
                ('decided_to_issue', 'decided_not_to_issue', 'draft_served', 'final_issued')) AS decided,
            min(happened_on) FILTER (WHERE kind IN ('decided_to_issue', 'decided_not_to_issue')) AS told,
            min(happened_on) FILTER (WHERE kind = 'final_issued') AS final,
            min(happened_on) FILTER (WHERE kind = 'plan_taken_over') AS taken_over,
            max(happened_on) FILTER (WHERE kind = 'ordered_to_assess') AS to_assess,
            max(happened_on) FILTER (WHERE kind = 'ordered_to_issue') AS to_issue,
            max(happened_on) FILTER (WHERE kind IN ('withdrawn', 'moved_out')) AS left_on
        FROM case_decision WHERE struck_at IS NULL AND kind IN ('decided_to_assess', 'decided_not_to_assess',
            'decided_to_issue', 'decided_not_to_issue', 'draft_served', 'final_issued', 'ordered_to_assess',
            'ordered_to_issue', 'withdrawn', 'moved_out', 'plan_taken_over')
        GROUP BY ehc_case
    ) d ON d.ehc_case = k.id
    WHERE ({}::bigint IS NULL OR c.team = {})
), duties AS (
    SELECT f.id, f.team, f.left_on, due.*,
        (due.came_after OR f.taken_over IS NOT NULL) AND due.decided_on IS NULL
            AND due.done_on > due.due_on IS NOT FALSE AS is_unknown
    FROM facts f CROSS JOIN LATERAL (VALUES
        ('considering', f.received_on + 42, f.assessed, f.assessed, f.came_in > 2, true),
        ('deciding', f.decide_by, f.decided, f.told, f.came_in > 4, f.branch <> 'not_assessing'),
        ('final', f.final_by, f.final, f.final, f.came_in > 6, f.branch NOT IN ('not_assessing', 'not_issuing'))
    ) AS due (duty, due_on, done_on, decided_on, came_after, is_owed)
)
SELECT y.duty, date_trunc('month', y.due_on)::date AS month, t.name AS team,
    count(*) FILTER (WHERE y.done_on <= y.due_on) AS on_time,
    count(*) FILTER (WHERE y.done_on > y.due_on IS NOT FALSE AND NOT y.is_unknown AND x.duty IS NOT NULL) AS excused,
    count(*) FILTER (WHERE y.done_on > y.due_on IS NOT FALSE AND NOT y.is_unknown AND x.duty IS NULL) AS late,
    count(*) FILTER (WHERE y.is_unknown) AS unknown
FROM duties y JOIN team t ON t.id = y.team
LEFT JOIN (
    SELECT DISTINCT ehc_case, duty FROM case_exception WHERE struck_at IS NULL
) x ON x.ehc_case = y.id AND x.duty = y.duty
WHERE y.is_owed AND y.due_on >= {} AND y.due_on < {}
    AND (y.done_on IS NOT NULL OR (y.due_on < {} AND (y.left_on IS NULL OR y.left_on > y.due_on)))
GROUP BY 1, 2, 3
"""
"""The stages in order, team twice, first day, day after the last, today. Six, sixteen and twenty weeks (regs 5(1),
10(1), 13(2); after an order or agreement the times of regs 42 and 44).

A case that an import brought past a duty, without the day on which it was done, is neither on time nor late: not known.
So is one whose plan was taken over.
"""

REVIEWS = """
WITH ahead AS MATERIALIZED (
    SELECT ehc_case, kind, happened_on, happened_on + 28 AS due_on,
        min(happened_on) FILTER (WHERE kind = ANY({}::text[])) OVER later AS done_on,
        min(happened_on) FILTER (WHERE kind IN ('moved_out', 'ceased')) OVER later AS left_on,
        min(recorded_at) OVER (PARTITION BY ehc_case, kind ORDER BY id
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS recorded_again
    FROM case_decision WHERE struck_at IS NULL AND (kind = 'review_meeting' OR happened_on >= {}
        AND kind IN ('plan_kept', 'changes_proposed', 'ceasing_proposed', 'moved_out', 'ceased'))
    WINDOW later AS (PARTITION BY ehc_case ORDER BY happened_on RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
)
SELECT date_trunc('month', r.due_on)::date AS month, t.name AS team,
    count(*) FILTER (WHERE r.done_on <= r.due_on) AS on_time, 0 AS excused, 0 AS unknown,
    count(*) FILTER (WHERE r.done_on > r.due_on IS NOT FALSE) AS late
FROM ahead r JOIN ehc_case k ON k.id = r.ehc_case JOIN child c ON c.id = k.child JOIN team t ON t.id = c.team
WHERE r.kind = 'review_meeting' AND r.happened_on >= {} AND r.due_on < {} AND ({}::bigint IS NULL OR c.team = {})
    AND (r.done_on IS NOT NULL OR (r.due_on < {} AND (r.left_on IS NULL OR r.left_on > r.due_on)))
    AND (r.recorded_again AT TIME ZONE 'Europe/London')::date < r.happened_on IS NOT TRUE
GROUP BY 1, 2
"""
"""What decides a review, the first day of the meetings twice, the day after the last due day, team twice, today
(reg 20(10)). A meeting that was moved while it lay ahead does not count: the one in its place does, on whatever day.
So all meetings are looked at, whatever the period."""

ANSWERS = """
WITH said AS (
    SELECT v.id, v.waiting_since, c.team, m.from_staff, m.sent_at, m.id AS message,
        lag(m.from_staff) OVER lines AS before
    FROM conversation v JOIN message m ON m.conversation = v.id JOIN child c ON c.id = v.child
    WHERE v.last_message_at >= {} AND ({}::bigint IS NULL OR c.team = {})
    WINDOW lines AS (PARTITION BY v.id ORDER BY m.sent_at, m.id)
), turns AS (
    SELECT team, waiting_since, from_staff, (sent_at AT TIME ZONE 'Europe/London')::date AS came_on,
        (lead(sent_at) OVER lines AT TIME ZONE 'Europe/London')::date AS answered_on
    FROM said WHERE from_staff IS DISTINCT FROM before
    WINDOW lines AS (PARTITION BY id ORDER BY sent_at, message)
)
SELECT date_trunc('month', s.came_on)::date AS month, t.name AS team,
    count(*) FILTER (WHERE s.answered_on IS NOT NULL AND s.took <= {}) AS soon,
    count(*) FILTER (WHERE s.answered_on IS NOT NULL AND s.took > {} AND s.took <= {}) AS later,
    count(*) FILTER (WHERE s.answered_on IS NOT NULL AND s.took > {}) AS long,
    count(*) FILTER (WHERE s.answered_on IS NULL AND s.took <= {}) AS waiting,
    count(*) FILTER (WHERE s.answered_on IS NULL AND s.took > {}) AS overdue,
    min(s.came_on) FILTER (WHERE s.answered_on IS NULL) AS oldest
FROM (
    SELECT u.*, d.numbers[coalesce(u.answered_on, d.today) - d.first + 1] - d.numbers[u.came_on - d.first + 1] AS took
    FROM turns u CROSS JOIN (SELECT {}::date AS first, {}::int[] AS numbers, {}::date AS today) d
) s JOIN team t ON t.id = s.team
WHERE NOT s.from_staff AND s.came_on >= {} AND s.came_on < {}
    AND (s.answered_on IS NOT NULL OR s.waiting_since IS NOT NULL)
GROUP BY 1, 2
"""
"""The first moment, team twice, 5, 5, 10, 10, 5, 5, the first day, the working days until each day from it on, today,
first day, day after the last.

Of several messages in a row the first is what counts, so that each one of the family is answered by the next.
"""

STAGES = """
SELECT t.name AS team, k.stage, count(*) AS open, count(*) FILTER (WHERE k.next_deadline < {}) AS late
FROM (
    SELECT DISTINCT ON (child) child, stage, branch, next_deadline FROM ehc_case
    ORDER BY child, received_on DESC, id DESC
) k JOIN child c ON c.id = k.child JOIN team t ON t.id = c.team
WHERE k.branch = '' AND ({}::bigint IS NULL OR c.team = {})
GROUP BY 1, 2
"""
"""Today, team twice. Of a child's cases the newest counts, as in the caseload."""
