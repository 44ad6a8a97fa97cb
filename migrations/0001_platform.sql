-- The platform: sites, accounts, sessions, jobs, mail, the thread.
-- Portable: see the module `dialect` of the database crate. Flags are BIGINT 0 or 1, instants are milliseconds UTC.

CREATE TABLE site (
  id IDENTITY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('municipality', 'district', 'network')),
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  hue BIGINT NOT NULL CHECK (hue BETWEEN 0 AND 359),
  chroma_thousandths BIGINT NOT NULL CHECK (chroma_thousandths BETWEEN 0 AND 150),
  time_zone TEXT NOT NULL,
  logo BYTEA,
  logo_type TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);

CREATE TABLE site_host (
  host TEXT PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id)
);
CREATE INDEX site_host_site ON site_host (site_id);

CREATE TABLE site_text (
  site_id BIGINT NOT NULL REFERENCES site (id),
  key TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  text TEXT NOT NULL,
  PRIMARY KEY (site_id, key, language)
);

CREATE TABLE person (
  id IDENTITY,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  public_name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  password_hash TEXT,
  created_at BIGINT NOT NULL,
  blocked_at BIGINT
);

CREATE TABLE person_role (
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  granted_by BIGINT REFERENCES person (id),
  PRIMARY KEY (site_id, person_id, role)
);
CREATE INDEX person_role_person ON person_role (person_id);
CREATE INDEX person_role_granted_by ON person_role (granted_by);

CREATE TABLE session (
  token_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_site ON session (site_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE sign_in_link (
  token_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('first', 'invitation', 'reset')),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX sign_in_link_person ON sign_in_link (person_id);
CREATE INDEX sign_in_link_site ON sign_in_link (site_id);

CREATE TABLE attempt (
  subject TEXT NOT NULL,
  window_at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (subject, window_at)
);

CREATE TABLE job (
  id IDENTITY,
  site_id BIGINT REFERENCES site (id),
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  unique_key TEXT UNIQUE,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  attempts_max BIGINT NOT NULL,
  leased_until BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX job_due ON job (state, run_at);
CREATE INDEX job_site ON job (site_id, id);

CREATE TABLE mail (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  text_part TEXT NOT NULL,
  html_part TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX mail_site ON mail (site_id, id);

CREATE TABLE node (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT,
  path TEXT NOT NULL,
  happened_at BIGINT,
  state TEXT,
  is_public BIGINT NOT NULL CHECK (is_public IN (0, 1)),
  UNIQUE (site_id, kind, object_id)
);

CREATE TABLE link (
  site_id BIGINT NOT NULL REFERENCES site (id),
  from_node_id BIGINT NOT NULL REFERENCES node (id),
  to_node_id BIGINT NOT NULL REFERENCES node (id),
  kind TEXT NOT NULL CHECK (kind IN ('answers', 'leads_to', 'discussed_in', 'considered_in', 'decided_by', 'changes_text_of', 'implements', 'measured_by', 'duplicates', 'related')),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (from_node_id, to_node_id, kind)
);
CREATE INDEX link_to ON link (to_node_id);
CREATE INDEX link_site ON link (site_id);

CREATE TABLE event (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  node_id BIGINT NOT NULL REFERENCES node (id),
  kind TEXT NOT NULL,
  happened_at BIGINT NOT NULL,
  actor_role TEXT NOT NULL,
  person_id BIGINT REFERENCES person (id),
  reason TEXT,
  detail TEXT,
  is_public BIGINT NOT NULL CHECK (is_public IN (0, 1))
);
CREATE INDEX event_node ON event (node_id, id);
CREATE INDEX event_site ON event (site_id, id);
CREATE INDEX event_person ON event (person_id);
