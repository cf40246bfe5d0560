-- Who left an organisation is looked for by the day, for tasks, and by the organisation, for its page.
CREATE INDEX organisation_member_ended ON organisation_member (ended_at) WHERE state = 'ended';
CREATE INDEX organisation_member_left ON organisation_member (organisation, ended_at) WHERE state = 'ended';
