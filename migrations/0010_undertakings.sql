-- Undertakings (Vorhaben) of the municipality, and requests of residents to take part in one.
--
-- undertaking holds the sheet as the public reads it; a draft and a withdrawn one stand here too (visibility). What happened
-- to it stands in undertaking_record, row by row, nothing overwritten. Money in cents, days as YYYY-MM-DD, place as GeoJSON.

CREATE TABLE undertaking (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  visibility TEXT NOT NULL CHECK (visibility IN ('draft', 'public', 'withdrawn')),
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  summary TEXT NOT NULL,
  aim TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'prepared', 'participation', 'decided', 'carried-out', 'finished', 'given-up')),
  state_reason TEXT,
  state_on BIGINT NOT NULL,
  cost_planned_cents BIGINT,
  cost_actual_cents BIGINT,
  cost_note TEXT,
  place TEXT,
  district TEXT,
  geometry TEXT,
  longitude DOUBLE PRECISION,
  latitude DOUBLE PRECISION,
  department_id BIGINT REFERENCES department (id),
  contact TEXT,
  takes_part BIGINT NOT NULL CHECK (takes_part IN (0, 1)),
  part_text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  published_at BIGINT,
  changed_at BIGINT NOT NULL
);
CREATE INDEX undertaking_newest ON undertaking (site_id, visibility, changed_at, id);
CREATE INDEX undertaking_title ON undertaking (site_id, visibility, title_key, id);
CREATE INDEX undertaking_department ON undertaking (department_id, visibility);

-- The sheet's words in another language; what is missing is shown in German.
CREATE TABLE undertaking_text (
  site_id BIGINT NOT NULL REFERENCES site (id),
  undertaking_id BIGINT NOT NULL REFERENCES undertaking (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'leicht')),
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  aim TEXT NOT NULL,
  part_text TEXT NOT NULL,
  PRIMARY KEY (undertaking_id, language)
);
CREATE INDEX undertaking_text_site ON undertaking_text (site_id);

-- What comes next, in order.
CREATE TABLE undertaking_step (
  site_id BIGINT NOT NULL REFERENCES site (id),
  undertaking_id BIGINT NOT NULL REFERENCES undertaking (id),
  position BIGINT NOT NULL,
  text TEXT NOT NULL,
  due_on TEXT,
  is_done BIGINT NOT NULL CHECK (is_done IN (0, 1)),
  PRIMARY KEY (undertaking_id, position)
);
CREATE INDEX undertaking_step_site ON undertaking_step (site_id);

-- The decisions, papers and processes that it rests on: links of the thread as soon as it is public.
CREATE TABLE undertaking_reference (
  site_id BIGINT NOT NULL REFERENCES site (id),
  undertaking_id BIGINT NOT NULL REFERENCES undertaking (id),
  node_id BIGINT NOT NULL REFERENCES node (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (undertaking_id, node_id)
);
CREATE INDEX undertaking_reference_site ON undertaking_reference (site_id);
CREATE INDEX undertaking_reference_node ON undertaking_reference (node_id);

-- What happened: entered, changed, published, withdrawn, another state.
CREATE TABLE undertaking_record (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  undertaking_id BIGINT NOT NULL REFERENCES undertaking (id),
  kind TEXT NOT NULL CHECK (kind IN ('entered', 'changed', 'published', 'withdrawn', 'state')),
  before TEXT,
  after TEXT,
  reason TEXT,
  recorded_at BIGINT NOT NULL,
  role TEXT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX undertaking_record_undertaking ON undertaking_record (undertaking_id, id);
CREATE INDEX undertaking_record_site ON undertaking_record (site_id, recorded_at);
CREATE INDEX undertaking_record_person ON undertaking_record (person_id);

-- A request to take part where none is planned. Only confirmed ones stand here; one at a time is open for an undertaking.
CREATE TABLE undertaking_request (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  undertaking_id BIGINT NOT NULL REFERENCES undertaking (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'answered')),
  name TEXT,
  reason TEXT NOT NULL,
  voices BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  answer_by TEXT NOT NULL,
  answer TEXT CHECK (answer IN ('yes', 'no')),
  answer_text TEXT,
  answered_at BIGINT,
  answered_role TEXT,
  answered_by BIGINT REFERENCES person (id)
);
CREATE UNIQUE INDEX undertaking_request_open ON undertaking_request (undertaking_id) WHERE state = 'open';
CREATE INDEX undertaking_request_undertaking ON undertaking_request (undertaking_id, id);
CREATE INDEX undertaking_request_due ON undertaking_request (site_id, state, answer_by, id);
CREATE INDEX undertaking_request_answered_by ON undertaking_request (answered_by);

-- Whoever asked or joined. request_id stays empty until the address is confirmed. once_key comes from the form: the same send
-- twice is one. who is the folded address: one voice for one person.
CREATE TABLE undertaking_asker (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  undertaking_id BIGINT NOT NULL REFERENCES undertaking (id),
  request_id BIGINT REFERENCES undertaking_request (id),
  is_first BIGINT NOT NULL CHECK (is_first IN (0, 1)),
  once_key TEXT NOT NULL,
  person_id BIGINT REFERENCES person (id),
  email TEXT,
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  language TEXT NOT NULL,
  digest BYTEA NOT NULL,
  confirm_until BIGINT,
  confirmed_at BIGINT,
  told_at BIGINT,
  created_at BIGINT NOT NULL,
  UNIQUE (site_id, once_key),
  UNIQUE (request_id, who)
);
CREATE INDEX undertaking_asker_undertaking ON undertaking_asker (undertaking_id);
CREATE INDEX undertaking_asker_person ON undertaking_asker (person_id);
CREATE INDEX undertaking_asker_digest ON undertaking_asker (site_id, digest);
CREATE INDEX undertaking_asker_unconfirmed ON undertaking_asker (confirm_until) WHERE confirmed_at IS NULL;

-- How often strangers tried in a window of time. subject is a keyed digest that holds for one day.
CREATE TABLE undertaking_try (
  subject TEXT NOT NULL,
  window_at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (subject, window_at)
);
