-- Care for what people write: reports, decisions with reasons, objections, and the limits of public forms.
--
-- A contribution is named by kind and object_id, as in the thread; what no room offers for moderation is a page: its kind is 'page'
-- and object_id a number made of its path. Nothing here is overwritten: a decision is a row, what it answers points to it.
-- decided_by stands for a person as long as there is an account; it is kept to let another person decide an objection.
-- rule_text is the rule as it stood when it was applied. moderation_report.decision_id is empty while nobody decided.

CREATE TABLE guard_count (
  subject TEXT NOT NULL,
  window_at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (subject, window_at)
);

CREATE TABLE moderation_decision (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('hidden', 'kept', 'passed', 'released', 'restored', 'held', 'upheld')),
  rule TEXT,
  rule_text TEXT,
  words TEXT NOT NULL,
  is_on_notice BIGINT NOT NULL CHECK (is_on_notice IN (0, 1)),
  author BIGINT,
  decided_role TEXT NOT NULL,
  decided_by BIGINT,
  decided_at BIGINT NOT NULL
);
CREATE INDEX moderation_decision_site ON moderation_decision (site_id, id);
CREATE INDEX moderation_decision_object ON moderation_decision (site_id, kind, object_id);
CREATE INDEX moderation_decision_person ON moderation_decision (decided_by);

CREATE TABLE moderation_report (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  is_notice BIGINT NOT NULL CHECK (is_notice IN (0, 1)),
  category TEXT NOT NULL,
  words TEXT NOT NULL,
  reporter_name TEXT,
  reporter_email TEXT,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  once_key TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  decision_id BIGINT REFERENCES moderation_decision (id),
  UNIQUE (site_id, once_key)
);
CREATE INDEX moderation_report_object ON moderation_report (site_id, kind, object_id);
CREATE INDEX moderation_report_decision ON moderation_report (decision_id, site_id);
CREATE INDEX moderation_report_site ON moderation_report (site_id, id);

CREATE TABLE moderation_appeal (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  decision_id BIGINT NOT NULL REFERENCES moderation_decision (id),
  report_id BIGINT REFERENCES moderation_report (id),
  appellant TEXT NOT NULL,
  words TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  created_at BIGINT NOT NULL,
  answer_id BIGINT REFERENCES moderation_decision (id),
  UNIQUE (decision_id, appellant)
);
CREATE INDEX moderation_appeal_site ON moderation_appeal (site_id, id);
CREATE INDEX moderation_appeal_report ON moderation_appeal (report_id);
CREATE INDEX moderation_appeal_answer ON moderation_appeal (answer_id, site_id);
