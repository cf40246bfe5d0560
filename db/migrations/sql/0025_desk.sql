-- What the daily desk looks for: adults by name and address, dates of a week, who an act was about.
CREATE INDEX account_family_surname ON account (lower(surname) text_pattern_ops) WHERE role = 'family';
CREATE INDEX account_family_forename ON account (lower(forename) text_pattern_ops) WHERE role = 'family';
CREATE INDEX account_email_prefix ON account (email_key text_pattern_ops);
CREATE INDEX invitation_email_prefix ON invitation (email_key text_pattern_ops);
CREATE INDEX invitation_adult ON invitation (lower(adult_name) text_pattern_ops);
CREATE INDEX invitation_adult_surname ON invitation (lower(substring(adult_name from '[^ ]+$')) text_pattern_ops);
CREATE INDEX child_surname_first ON child (lower(surname || ' ' || forename) text_pattern_ops);
CREATE INDEX case_date_day ON case_date (happens_on);
CREATE INDEX draft_plan_extension_until ON draft_plan_extension (until);
CREATE INDEX draft_plan_recipient_served ON draft_plan_recipient (served_on);
CREATE INDEX action_unread ON action (submitted_at, id) WHERE state = 'submitted' AND read_at IS NULL;
CREATE INDEX conversation_waiting_child ON conversation (child, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX audit_entry_subject ON audit_entry (subject, id) WHERE subject <> '';
CREATE INDEX audit_detail_about ON audit_detail (coalesce(detail->>'account', detail->>'person', detail->>'to'))
    WHERE coalesce(detail->>'account', detail->>'person', detail->>'to') IS NOT NULL;
CREATE INDEX audit_detail_before ON audit_detail (coalesce(detail->>'from', detail->>'cover'))
    WHERE coalesce(detail->>'from', detail->>'cover') IS NOT NULL;

-- Tasks without a day stand at a day that the driver does not take for "infinity", as it does the last one that there is.
DROP INDEX task_open;
CREATE INDEX task_open ON task (coalesce(due_on, DATE '9000-01-01'), id) WHERE done_at IS NULL;
