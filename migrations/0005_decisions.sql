-- Decisions and what became of them (Beschlusskontrolle).
--
-- A row of decision stands for one agenda item of the council with an outcome. kind says how the site's rules read the
-- outcome; only what is no 'none' and whose agenda item is public is shown (is_public). What people set by hand stands in
-- by_hand, a JSON array of column names, and is never overwritten by what the council room tells.
-- status, department_id and what follows repeat the newest row of decision_record, so that lists need no history.

CREATE TABLE department (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  name TEXT NOT NULL,
  name_folded TEXT NOT NULL,
  contact TEXT,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  UNIQUE (site_id, name_folded)
);

CREATE TABLE department_person (
  site_id BIGINT NOT NULL REFERENCES site (id),
  department_id BIGINT NOT NULL REFERENCES department (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  added_at BIGINT NOT NULL,
  added_by BIGINT REFERENCES person (id),
  PRIMARY KEY (department_id, person_id)
);
CREATE INDEX department_person_site ON department_person (site_id);
CREATE INDEX department_person_person ON department_person (person_id);
CREATE INDEX department_person_added_by ON department_person (added_by);

CREATE TABLE decision (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  agenda_item_id BIGINT NOT NULL,
  is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
  is_public BIGINT NOT NULL CHECK (is_public IN (0, 1)),
  is_imported BIGINT NOT NULL CHECK (is_imported IN (0, 1)),
  prepares BIGINT NOT NULL CHECK (prepares IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('adopted', 'changed', 'rejected', 'none')),
  by_hand TEXT NOT NULL,
  title TEXT NOT NULL,
  resolution TEXT,
  result TEXT,
  votes_yes BIGINT,
  votes_no BIGINT,
  votes_abstained BIGINT,
  decided_at BIGINT,
  sort_at BIGINT NOT NULL,
  year BIGINT NOT NULL,
  committee_id BIGINT NOT NULL,
  committee TEXT,
  committee_path TEXT,
  meeting TEXT,
  item_path TEXT,
  office_folded TEXT,
  first_status TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('not-reported', 'open', 'in-progress', 'partly', 'done', 'not-feasible', 'superseded', 'no-action')),
  reason TEXT,
  next_step TEXT,
  expected_on TEXT,
  cost_cents BIGINT,
  contact TEXT,
  department_id BIGINT REFERENCES department (id),
  superseded_by_id BIGINT REFERENCES decision (id),
  reported_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (site_id, agenda_item_id)
);
CREATE INDEX decision_newest ON decision (site_id, is_public, sort_at, id);
CREATE INDEX decision_status ON decision (site_id, is_public, status, sort_at, id);
CREATE INDEX decision_department ON decision (department_id, is_public, sort_at, id);
CREATE INDEX decision_committee ON decision (site_id, is_public, committee_id, sort_at, id);
CREATE INDEX decision_expected ON decision (site_id, is_public, expected_on) WHERE expected_on IS NOT NULL;
CREATE INDEX decision_superseded ON decision (superseded_by_id);
CREATE INDEX decision_office ON decision (site_id, office_folded);
CREATE INDEX decision_result ON decision (site_id, result);

-- The papers a decision rests on. paper_id is the council's row.
CREATE TABLE decision_paper (
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES decision (id),
  paper_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  reference TEXT,
  title TEXT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (decision_id, paper_id)
);
CREATE INDEX decision_paper_site ON decision_paper (site_id);

-- How many public decisions there are: what a list shows above its rows, without looking at all of them.
CREATE TABLE decision_count (
  site_id BIGINT NOT NULL REFERENCES site (id),
  year BIGINT NOT NULL,
  committee_id BIGINT NOT NULL,
  committee TEXT NOT NULL,
  department_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (site_id, year, committee_id, department_id, status)
);

-- What a department reported, each report whole; nothing is overwritten.
CREATE TABLE decision_record (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES decision (id),
  before TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  next_step TEXT,
  expected_on TEXT,
  cost_cents BIGINT,
  contact TEXT,
  department_id BIGINT REFERENCES department (id),
  superseded_by_id BIGINT REFERENCES decision (id),
  recorded_at BIGINT NOT NULL,
  role TEXT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX decision_record_decision ON decision_record (decision_id, id);
CREATE INDEX decision_record_site ON decision_record (site_id, id);
CREATE INDEX decision_record_time ON decision_record (site_id, recorded_at);
CREATE INDEX decision_record_department ON decision_record (department_id);
CREATE INDEX decision_record_superseded ON decision_record (superseded_by_id);
CREATE INDEX decision_record_person ON decision_record (person_id);

-- Notes of the house. Nothing of this table ever leaves it: no page, no feed, no export of open data reads it.
CREATE TABLE decision_note (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES decision (id),
  text TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX decision_note_decision ON decision_note (decision_id, id);
CREATE INDEX decision_note_site ON decision_note (site_id);
CREATE INDEX decision_note_person ON decision_note (person_id);

-- What was corrected by hand in what the council room told, with the value before.
CREATE TABLE decision_correction (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES decision (id),
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  reason TEXT NOT NULL,
  corrected_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX decision_correction_decision ON decision_correction (decision_id, id);
CREATE INDEX decision_correction_site ON decision_correction (site_id);
CREATE INDEX decision_correction_person ON decision_correction (person_id);

-- The plain page before a decision. Each version is a row; at most one of each language is public.
CREATE TABLE decision_explanation (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES decision (id),
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  state TEXT NOT NULL CHECK (state IN ('draft', 'public', 'replaced', 'withdrawn')),
  about TEXT NOT NULL,
  alternatives TEXT NOT NULL,
  conflicts TEXT NOT NULL,
  reasons TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX decision_explanation_decision ON decision_explanation (decision_id, state, language, id);
CREATE INDEX decision_explanation_site ON decision_explanation (site_id);
CREATE INDEX decision_explanation_person ON decision_explanation (person_id);

-- Which words of a result make a decision. A site without rows has the program's own list.
CREATE TABLE decision_rule (
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL CHECK (kind IN ('adopted', 'changed', 'rejected', 'none')),
  position BIGINT NOT NULL,
  pattern TEXT NOT NULL,
  PRIMARY KEY (site_id, kind, position)
);

-- Which reminder went out for which deadline.
CREATE TABLE decision_reminder (
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES decision (id),
  expected_on TEXT NOT NULL,
  round BIGINT NOT NULL,
  reminded_at BIGINT NOT NULL,
  PRIMARY KEY (decision_id, expected_on, round)
);
CREATE INDEX decision_reminder_site ON decision_reminder (site_id);
