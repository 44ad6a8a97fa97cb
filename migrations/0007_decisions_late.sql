-- Only what is pending can be late: the index holds these rows and no others, so that what is done long ago costs no page anything.
DROP INDEX decision_expected;
CREATE INDEX decision_late ON decision (site_id, is_public, expected_on)
  WHERE expected_on IS NOT NULL AND status IN ('not-reported', 'open', 'in-progress', 'partly');
-- A list of one department and one status must not walk through all decisions of that status.
CREATE INDEX decision_department_status ON decision (department_id, is_public, status, sort_at, id);
