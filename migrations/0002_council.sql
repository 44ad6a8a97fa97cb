-- The council room: OParl's objects as rows, their origin, and the imports.
--
-- state: placeholder (only referred to so far), draft (entered, not yet published), internal (not public, never leaves the
-- house), public, withdrawn (OParl's deletion; the row keeps its id). created_at and modified_at are the object's own, as
-- OParl means them. Columns named after lists hold a JSON array of texts. vendor holds a JSON object of prefixed properties.

CREATE TABLE council_location (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  description TEXT,
  geojson TEXT,
  street_address TEXT,
  room TEXT,
  postal_code TEXT,
  sub_locality TEXT,
  locality TEXT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_location_modified ON council_location (site_id, modified_at, id);

CREATE TABLE council_body (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  name TEXT NOT NULL,
  short_name TEXT,
  website TEXT,
  license_valid_since TEXT,
  oparl_since TEXT,
  ags TEXT,
  rgs TEXT,
  equivalents TEXT,
  contact_email TEXT,
  contact_name TEXT,
  classification TEXT,
  location_id BIGINT REFERENCES council_location (id),
  main_organization_id BIGINT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_body_modified ON council_body (site_id, modified_at, id);
CREATE INDEX council_body_location ON council_body (location_id);

CREATE TABLE council_term (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  body_id BIGINT REFERENCES council_body (id),
  name TEXT,
  starts_on TEXT,
  ends_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_term_modified ON council_term (site_id, modified_at, id);
CREATE INDEX council_term_body ON council_term (body_id);

CREATE TABLE council_organization (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  body_id BIGINT REFERENCES council_body (id),
  name TEXT NOT NULL,
  short_name TEXT,
  sort_key TEXT NOT NULL,
  kind TEXT,
  classification TEXT,
  posts TEXT,
  parent_id BIGINT REFERENCES council_organization (id),
  starts_on TEXT,
  ends_on TEXT,
  website TEXT,
  location_id BIGINT REFERENCES council_location (id),
  external_body TEXT,
  member_count BIGINT,
  voting_member_count BIGINT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_organization_modified ON council_organization (site_id, modified_at, id);
CREATE INDEX council_organization_body ON council_organization (body_id);
CREATE INDEX council_organization_parent ON council_organization (parent_id);
CREATE INDEX council_organization_location ON council_organization (location_id);
CREATE INDEX council_organization_sorted ON council_organization (site_id, state, sort_key, id);

CREATE TABLE council_file (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  name TEXT,
  file_name TEXT,
  mime_type TEXT,
  dated_on TEXT,
  size_bytes BIGINT,
  sha1 TEXT,
  sha512 TEXT,
  access_url TEXT,
  download_url TEXT,
  external_service_url TEXT,
  master_file_id BIGINT REFERENCES council_file (id),
  file_license TEXT,
  origin_text TEXT,
  stored_sha256 TEXT,
  text_state TEXT NOT NULL DEFAULT 'none' CHECK (text_state IN ('none', 'waiting', 'done', 'failed')),
  text_problem TEXT,
  page_count BIGINT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_file_modified ON council_file (site_id, modified_at, id);
CREATE INDEX council_file_master_file ON council_file (master_file_id);
CREATE INDEX council_file_text_state ON council_file (text_state, id);
CREATE INDEX council_file_stored ON council_file (stored_sha256);

CREATE TABLE council_person (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  body_id BIGINT REFERENCES council_body (id),
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  family_name TEXT,
  given_name TEXT,
  form_of_address TEXT,
  affix TEXT,
  titles TEXT,
  gender TEXT,
  phones TEXT,
  emails TEXT,
  location_id BIGINT REFERENCES council_location (id),
  statuses TEXT,
  image_file_id BIGINT REFERENCES council_file (id),
  life TEXT,
  life_source TEXT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_person_modified ON council_person (site_id, modified_at, id);
CREATE INDEX council_person_body ON council_person (body_id);
CREATE INDEX council_person_location ON council_person (location_id);
CREATE INDEX council_person_image ON council_person (image_file_id);
CREATE INDEX council_person_sorted ON council_person (site_id, state, sort_key, id);

CREATE TABLE council_membership (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT REFERENCES council_person (id),
  organization_id BIGINT REFERENCES council_organization (id),
  role TEXT,
  voting_right BIGINT CHECK (voting_right IN (0, 1)),
  starts_on TEXT,
  ends_on TEXT,
  on_behalf_of_id BIGINT REFERENCES council_organization (id),
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_membership_modified ON council_membership (site_id, modified_at, id);
CREATE INDEX council_membership_person ON council_membership (person_id);
CREATE INDEX council_membership_organization ON council_membership (organization_id);
CREATE INDEX council_membership_on_behalf_of ON council_membership (on_behalf_of_id);

CREATE TABLE council_meeting (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  body_id BIGINT REFERENCES council_body (id),
  name TEXT,
  number TEXT,
  summary TEXT,
  meeting_state TEXT,
  cancelled BIGINT CHECK (cancelled IN (0, 1)),
  starts_at BIGINT,
  ends_at BIGINT,
  location_id BIGINT REFERENCES council_location (id),
  guest_count BIGINT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_meeting_modified ON council_meeting (site_id, modified_at, id);
CREATE INDEX council_meeting_body ON council_meeting (body_id);
CREATE INDEX council_meeting_location ON council_meeting (location_id);
CREATE INDEX council_meeting_start ON council_meeting (site_id, state, starts_at, id);

CREATE TABLE council_meeting_organization (
  site_id BIGINT NOT NULL REFERENCES site (id),
  meeting_id BIGINT NOT NULL REFERENCES council_meeting (id),
  organization_id BIGINT NOT NULL REFERENCES council_organization (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (meeting_id, organization_id)
);
CREATE INDEX council_meeting_organization_site ON council_meeting_organization (site_id);
CREATE INDEX council_meeting_organization_organization ON council_meeting_organization (organization_id, meeting_id);

CREATE TABLE council_meeting_participant (
  site_id BIGINT NOT NULL REFERENCES site (id),
  meeting_id BIGINT NOT NULL REFERENCES council_meeting (id),
  person_id BIGINT NOT NULL REFERENCES council_person (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (meeting_id, person_id)
);
CREATE INDEX council_meeting_participant_site ON council_meeting_participant (site_id);
CREATE INDEX council_meeting_participant_person ON council_meeting_participant (person_id, meeting_id);

CREATE TABLE council_paper (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  body_id BIGINT REFERENCES council_body (id),
  name TEXT,
  reference TEXT,
  reference_folded TEXT,
  summary TEXT,
  kind TEXT,
  dated_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_paper_modified ON council_paper (site_id, modified_at, id);
CREATE INDEX council_paper_body ON council_paper (body_id);
CREATE INDEX council_paper_dated ON council_paper (site_id, state, dated_on, id);
CREATE INDEX council_paper_kind ON council_paper (site_id, state, kind, dated_on, id);
CREATE INDEX council_paper_reference ON council_paper (site_id, reference_folded);

CREATE TABLE council_agenda_item (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  meeting_id BIGINT REFERENCES council_meeting (id),
  position BIGINT NOT NULL DEFAULT 0,
  number TEXT,
  name TEXT,
  summary TEXT,
  is_public BIGINT CHECK (is_public IN (0, 1)),
  reason_non_public TEXT,
  consultation_id BIGINT,
  result TEXT,
  resolution_text TEXT,
  votes_yes BIGINT,
  votes_no BIGINT,
  votes_abstained BIGINT,
  starts_at BIGINT,
  ends_at BIGINT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_agenda_item_modified ON council_agenda_item (site_id, modified_at, id);
CREATE INDEX council_agenda_item_meeting ON council_agenda_item (meeting_id, position);
CREATE INDEX council_agenda_item_consultation ON council_agenda_item (consultation_id);

CREATE TABLE council_consultation (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  paper_id BIGINT REFERENCES council_paper (id),
  agenda_item_id BIGINT REFERENCES council_agenda_item (id),
  meeting_id BIGINT REFERENCES council_meeting (id),
  position BIGINT NOT NULL DEFAULT 0,
  authoritative BIGINT CHECK (authoritative IN (0, 1)),
  role TEXT,
  state TEXT NOT NULL CHECK (state IN ('placeholder', 'draft', 'internal', 'public', 'withdrawn')),
  license TEXT,
  keywords TEXT,
  web TEXT,
  vendor TEXT,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE INDEX council_consultation_modified ON council_consultation (site_id, modified_at, id);
CREATE INDEX council_consultation_paper ON council_consultation (paper_id, position);
CREATE INDEX council_consultation_agenda_item ON council_consultation (agenda_item_id);
CREATE INDEX council_consultation_meeting ON council_consultation (meeting_id);

CREATE TABLE council_consultation_organization (
  site_id BIGINT NOT NULL REFERENCES site (id),
  consultation_id BIGINT NOT NULL REFERENCES council_consultation (id),
  organization_id BIGINT NOT NULL REFERENCES council_organization (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (consultation_id, organization_id)
);
CREATE INDEX council_consultation_organization_site ON council_consultation_organization (site_id);
CREATE INDEX council_consultation_organization_organization ON council_consultation_organization (organization_id);

CREATE TABLE council_paper_link (
  site_id BIGINT NOT NULL REFERENCES site (id),
  paper_id BIGINT NOT NULL REFERENCES council_paper (id),
  other_id BIGINT NOT NULL REFERENCES council_paper (id),
  kind TEXT NOT NULL CHECK (kind IN ('related', 'superordinate', 'subordinate')),
  position BIGINT NOT NULL,
  PRIMARY KEY (paper_id, other_id, kind)
);
CREATE INDEX council_paper_link_site ON council_paper_link (site_id);
CREATE INDEX council_paper_link_other ON council_paper_link (other_id);

CREATE TABLE council_paper_originator (
  site_id BIGINT NOT NULL REFERENCES site (id),
  paper_id BIGINT NOT NULL REFERENCES council_paper (id),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'direction')),
  position BIGINT NOT NULL,
  person_id BIGINT REFERENCES council_person (id),
  organization_id BIGINT REFERENCES council_organization (id),
  PRIMARY KEY (paper_id, kind, position)
);
CREATE INDEX council_paper_originator_site ON council_paper_originator (site_id);
CREATE INDEX council_paper_originator_person ON council_paper_originator (person_id);
CREATE INDEX council_paper_originator_organization ON council_paper_originator (organization_id);

CREATE TABLE council_paper_location (
  site_id BIGINT NOT NULL REFERENCES site (id),
  paper_id BIGINT NOT NULL REFERENCES council_paper (id),
  location_id BIGINT NOT NULL REFERENCES council_location (id),
  position BIGINT NOT NULL,
  PRIMARY KEY (paper_id, location_id)
);
CREATE INDEX council_paper_location_site ON council_paper_location (site_id);
CREATE INDEX council_paper_location_location ON council_paper_location (location_id, paper_id);

CREATE TABLE council_file_text (
  file_id BIGINT PRIMARY KEY REFERENCES council_file (id),
  site_id BIGINT NOT NULL REFERENCES site (id),
  pages TEXT NOT NULL,
  read_at BIGINT NOT NULL
);
CREATE INDEX council_file_text_site ON council_file_text (site_id);

CREATE TABLE council_file_use (
  site_id BIGINT NOT NULL REFERENCES site (id),
  file_id BIGINT NOT NULL REFERENCES council_file (id),
  role TEXT NOT NULL CHECK (role IN ('main', 'auxiliary', 'invitation', 'results', 'verbatim', 'resolution')),
  paper_id BIGINT REFERENCES council_paper (id),
  meeting_id BIGINT REFERENCES council_meeting (id),
  agenda_item_id BIGINT REFERENCES council_agenda_item (id),
  position BIGINT NOT NULL
);
CREATE INDEX council_file_use_site ON council_file_use (site_id);
CREATE INDEX council_file_use_file ON council_file_use (file_id);
CREATE INDEX council_file_use_paper ON council_file_use (paper_id, position);
CREATE INDEX council_file_use_meeting ON council_file_use (meeting_id, position);
CREATE INDEX council_file_use_agenda_item ON council_file_use (agenda_item_id, position);

-- Variants of a public text in another language: field is name, summary or resolution_text of a row of that kind.
CREATE TABLE council_text (
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  field TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'leicht')),
  text TEXT NOT NULL,
  PRIMARY KEY (site_id, kind, object_id, field, language)
);

-- Where imports come from.
CREATE TABLE council_source (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  url TEXT NOT NULL,
  name TEXT,
  oparl_version TEXT,
  file_mode TEXT NOT NULL CHECK (file_mode IN ('link', 'text', 'keep')),
  created_at BIGINT NOT NULL,
  last_full_at BIGINT,
  UNIQUE (site_id, url)
);

-- One row per object of a source: its address there, the row here, and the JSON as it was received. Objects that were
-- embedded stand in raw by their address and have rows of their own; raw is NULL as long as the object is only referred to.
-- digest is of the object as its parent embeds it, digest_alone as it stands in a list or under its own address.
CREATE TABLE council_origin (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  source_id BIGINT NOT NULL REFERENCES council_source (id),
  url TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  parent_url TEXT,
  digest BYTEA,
  digest_alone BYTEA,
  seen_run_id BIGINT,
  asked_run_id BIGINT,
  missing_since BIGINT,
  raw TEXT,
  UNIQUE (site_id, url)
);
CREATE UNIQUE INDEX council_origin_object ON council_origin (site_id, kind, object_id);
CREATE INDEX council_origin_source ON council_origin (source_id, id);
CREATE INDEX council_origin_parent ON council_origin (site_id, parent_url) WHERE parent_url IS NOT NULL;
CREATE INDEX council_origin_unread ON council_origin (source_id, id) WHERE raw IS NULL;

-- attempt counts the processes that worked on a run: one that lost it to another writes nothing more.
CREATE TABLE council_run (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  source_id BIGINT NOT NULL REFERENCES council_source (id),
  mode TEXT NOT NULL CHECK (mode IN ('first', 'changes', 'reconcile')),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'stopped')),
  stage TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  list_url TEXT,
  page BIGINT NOT NULL,
  pages BIGINT,
  started_at BIGINT NOT NULL,
  beat_at BIGINT NOT NULL,
  ended_at BIGINT,
  requests BIGINT NOT NULL,
  objects_seen BIGINT NOT NULL,
  objects_new BIGINT NOT NULL,
  objects_changed BIGINT NOT NULL,
  objects_withdrawn BIGINT NOT NULL,
  counts TEXT NOT NULL,
  waited_ms BIGINT NOT NULL,
  own_ms BIGINT NOT NULL,
  problem TEXT
);
CREATE INDEX council_run_site ON council_run (site_id, id);
CREATE INDEX council_run_source ON council_run (source_id, id);

CREATE TABLE council_finding (
  run_id BIGINT NOT NULL REFERENCES council_run (id),
  site_id BIGINT NOT NULL REFERENCES site (id),
  defect TEXT NOT NULL,
  count BIGINT NOT NULL,
  examples TEXT NOT NULL,
  PRIMARY KEY (run_id, defect)
);
CREATE INDEX council_finding_site ON council_finding (site_id);

-- How far a list has been read: an interrupted run goes on at next_url. pass says how it was asked (changed: with
-- modified_since; all: without). The watermark is the newest `modified` seen in it by runs that ended.
CREATE TABLE council_list (
  source_id BIGINT NOT NULL REFERENCES council_source (id),
  site_id BIGINT NOT NULL REFERENCES site (id),
  url TEXT NOT NULL,
  kind TEXT NOT NULL,
  run_id BIGINT NOT NULL REFERENCES council_run (id),
  pass TEXT NOT NULL CHECK (pass IN ('changed', 'all')),
  next_url TEXT,
  pages BIGINT NOT NULL,
  received BIGINT NOT NULL,
  newest BIGINT,
  is_finished BIGINT NOT NULL CHECK (is_finished IN (0, 1)),
  watermark BIGINT,
  PRIMARY KEY (source_id, url)
);
CREATE INDEX council_list_site ON council_list (site_id);
CREATE INDEX council_list_run ON council_list (run_id);
