-- Somebody works at one organisation once, whatever addresses they were asked at: the oldest part ends, the newest stays.
UPDATE organisation_member m SET state = 'ended', ended_at = greatest(m.joined_at, n.joined_at),
    end_reason = 'They joined again with another address'
FROM organisation_member n
WHERE n.organisation = m.organisation AND n.account = m.account AND m.state = 'active' AND n.state = 'active'
    AND (n.joined_at, n.id) > (m.joined_at, m.id);
CREATE UNIQUE INDEX organisation_member_one_each ON organisation_member (organisation, account) WHERE state = 'active';
