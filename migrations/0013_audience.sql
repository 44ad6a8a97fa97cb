-- Who may take part: census lists, codes by letter and tokens of a process, and who showed what.
--
-- The audience of a process is the JSON of the crate `audience`: conditions that all hold. Neither a name, a birth date, a postal code nor a
-- code is kept anywhere: lists are keyed digests, and of what somebody showed only the conditions are kept that it met. No row ties a letter
-- to what its reader wrote. The table of 0008 was never filled.

UPDATE process SET audience = '{"all":[{"kind":"open"}]}' WHERE audience = '[]';
UPDATE process SET audience = '{"all":[{"kind":"confirmed_email"}]}' WHERE audience = '[{"kind":"email"}]';
UPDATE process SET audience = '{"all":[{"kind":"account"}]}' WHERE audience = '[{"kind":"account"}]';
UPDATE process SET audience = '{"all":[{"kind":"staff"}]}' WHERE audience = '[{"kind":"staff"}]';

DROP TABLE audience_entry;

-- What was uploaded or made at once.
CREATE TABLE audience_batch (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  kind TEXT NOT NULL CHECK (kind IN ('census', 'letter_code', 'token')),
  title TEXT NOT NULL,
  entries BIGINT NOT NULL,
  uses_each BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  locked_at BIGINT
);
CREATE INDEX audience_batch_process ON audience_batch (process_id, id);
CREATE INDEX audience_batch_site ON audience_batch (site_id);

-- number is the person's line in the census, or the code's place in its batch: rows of one number are used together.
CREATE TABLE audience_entry (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  batch_id BIGINT NOT NULL REFERENCES audience_batch (id),
  kind TEXT NOT NULL,
  number BIGINT NOT NULL,
  digest BYTEA NOT NULL,
  uses_left BIGINT NOT NULL CHECK (uses_left >= 0),
  used_at BIGINT,
  UNIQUE (process_id, kind, digest)
);
CREATE INDEX audience_entry_site ON audience_entry (site_id);
CREATE INDEX audience_entry_number ON audience_entry (batch_id, number);
CREATE INDEX audience_entry_used ON audience_entry (batch_id, number) WHERE used_at IS NOT NULL;

-- Who showed that they may take part: an account, or a guest known by a cookie. met is the JSON of the conditions. participant_id is who
-- wrote with it first; from then on nobody else does.
CREATE TABLE audience_pass (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  person_id BIGINT REFERENCES person (id),
  guest_digest BYTEA,
  participant_id BIGINT REFERENCES participant (id),
  met TEXT NOT NULL,
  shown_at BIGINT NOT NULL,
  UNIQUE (process_id, person_id),
  UNIQUE (process_id, guest_digest)
);
CREATE INDEX audience_pass_site ON audience_pass (site_id);
CREATE INDEX audience_pass_person ON audience_pass (person_id);
CREATE INDEX audience_pass_participant ON audience_pass (participant_id);
