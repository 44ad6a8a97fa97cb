-- Dialogue: processes with their phases and formats, who takes part, consultation on a text with its weighing, ideas, comments.
--
-- audience and settings hold JSON. Whatever a person sends bears the key of the form it came from (once_key): the same send twice is one row.
-- Counters stand in rows (process, passage_count, idea, comment's thing), because no page may count a large table.
-- Names of the house (entered_by, confirmed_by, proposed_by …) never leave it. Public is what has state 'public' in a process that is public.

CREATE TABLE process (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'public', 'withdrawn')),
  template TEXT NOT NULL,
  title TEXT NOT NULL,
  lead TEXT NOT NULL,
  open_text TEXT NOT NULL,
  fixed_text TEXT NOT NULL,
  decides TEXT NOT NULL,
  decides_on TEXT,
  paper_way TEXT NOT NULL,
  contact TEXT NOT NULL,
  department_id BIGINT REFERENCES department (id),
  moderation TEXT NOT NULL CHECK (moderation IN ('before', 'after')),
  guests BIGINT NOT NULL CHECK (guests IN (0, 1)),
  audience TEXT NOT NULL,
  answer_days BIGINT,
  copied_from_id BIGINT REFERENCES process (id),
  node_id BIGINT REFERENCES node (id),
  withdrawn_reason TEXT,
  begins_at BIGINT,
  ends_at BIGINT,
  numbers_given BIGINT NOT NULL,
  statements BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  ideas BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  participants BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT REFERENCES person (id),
  published_at BIGINT,
  changed_at BIGINT NOT NULL
);
-- begins_at and ends_at repeat the first and the last moment of the phases in which residents may do something.
CREATE INDEX process_list ON process (site_id, state, ends_at, id);
CREATE INDEX process_department ON process (department_id);
CREATE INDEX process_copied ON process (copied_from_id);
CREATE INDEX process_node ON process (node_id);
CREATE INDEX process_created_by ON process (created_by);

CREATE TABLE process_part (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  position BIGINT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('consultation', 'ideas', 'discussion')),
  title TEXT NOT NULL,
  intro TEXT NOT NULL,
  settings TEXT NOT NULL
);
CREATE INDEX process_part_process ON process_part (process_id, position);
CREATE INDEX process_part_site ON process_part (site_id);

-- acts: words separated by spaces. ends_at is the first moment that no longer belongs to the phase.
CREATE TABLE process_phase (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  part_id BIGINT REFERENCES process_part (id),
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  acts TEXT NOT NULL
);
CREATE INDEX process_phase_process ON process_phase (process_id, position);
CREATE INDEX process_phase_part ON process_phase (part_id);
CREATE INDEX process_phase_site ON process_phase (site_id, starts_at);

-- A deadline is only ever moved with a reason, which the public reads.
CREATE TABLE process_extension (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  phase_id BIGINT NOT NULL REFERENCES process_phase (id),
  ended_before BIGINT NOT NULL,
  ends_after BIGINT NOT NULL,
  reason TEXT NOT NULL,
  extended_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX process_extension_process ON process_extension (process_id, id);
CREATE INDEX process_extension_phase ON process_extension (phase_id);
CREATE INDEX process_extension_site ON process_extension (site_id);
CREATE INDEX process_extension_person ON process_extension (person_id);

-- Whoever takes part in one process: an account or a guest with an address. proof says how it was shown that they may.
CREATE TABLE participant (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  person_id BIGINT REFERENCES person (id),
  guest_email TEXT,
  guest_email_folded TEXT,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  public_name TEXT NOT NULL,
  proof TEXT NOT NULL,
  confirmed_at BIGINT,
  accepted_at BIGINT,
  created_at BIGINT NOT NULL,
  UNIQUE (process_id, person_id),
  UNIQUE (process_id, guest_email_folded)
);
CREATE INDEX participant_person ON participant (person_id);
CREATE INDEX participant_site ON participant (site_id);

-- The link in the mail that shows a guest's address is theirs. What it confirms is named by kind and row.
CREATE TABLE guest_confirmation (
  token_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  participant_id BIGINT NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX guest_confirmation_participant ON guest_confirmation (participant_id);
CREATE INDEX guest_confirmation_site ON guest_confirmation (site_id);
CREATE INDEX guest_confirmation_age ON guest_confirmation (expires_at);

-- Codes by letter, token packages and census lists: keyed digests only, never the plain value.
CREATE TABLE audience_entry (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  kind TEXT NOT NULL,
  digest BYTEA NOT NULL,
  uses_left BIGINT NOT NULL,
  used_by_id BIGINT REFERENCES participant (id) ON DELETE SET NULL,
  used_at BIGINT,
  added_at BIGINT NOT NULL,
  UNIQUE (process_id, kind, digest)
);
CREATE INDEX audience_entry_site ON audience_entry (site_id);
CREATE INDEX audience_entry_used_by ON audience_entry (used_by_id);

-- body is one JSON document; digest its SHA-256: what is read and drawn once is kept in memory under it.
CREATE TABLE text_version (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  part_id BIGINT NOT NULL REFERENCES process_part (id),
  number BIGINT NOT NULL,
  title TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'public')),
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  left_out TEXT NOT NULL,
  file_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  published_at BIGINT,
  UNIQUE (part_id, number)
);
CREATE INDEX text_version_site ON text_version (site_id);

-- anchor is where the statement stands now, anchor_first what was picked when it was written; unit repeats the passage of the
-- version at hand (0: the whole text), so that a page needs no JSON. entered_by and confirmed_by are people of the house.
CREATE TABLE statement (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  part_id BIGINT NOT NULL REFERENCES process_part (id),
  version_id BIGINT NOT NULL REFERENCES text_version (id),
  number BIGINT NOT NULL,
  receipt TEXT NOT NULL,
  participant_id BIGINT REFERENCES participant (id),
  channel TEXT NOT NULL CHECK (channel IN ('web', 'letter', 'telephone', 'postcard', 'counter', 'event')),
  entered_by BIGINT REFERENCES person (id),
  confirmed_by BIGINT REFERENCES person (id),
  author_name TEXT NOT NULL,
  text TEXT NOT NULL,
  suggestion TEXT,
  place TEXT,
  anchor TEXT,
  anchor_first TEXT,
  unit BIGINT NOT NULL,
  anchor_how TEXT NOT NULL CHECK (anchor_how IN ('kept', 'moved', 'reworded', 'gone')),
  state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'public', 'hidden', 'withdrawn')),
  state_reason TEXT,
  supports BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  answer_by TEXT,
  answered_at BIGINT,
  once_key TEXT NOT NULL,
  UNIQUE (process_id, number),
  UNIQUE (site_id, receipt),
  UNIQUE (site_id, once_key)
);
CREATE INDEX statement_passage ON statement (part_id, unit, state, supports, id);
CREATE INDEX statement_newest ON statement (process_id, state, number);
CREATE INDEX statement_channel ON statement (process_id, state, channel, number);
CREATE INDEX statement_version ON statement (version_id);
CREATE INDEX statement_participant ON statement (participant_id);
CREATE INDEX statement_entered_by ON statement (entered_by);
CREATE INDEX statement_confirmed_by ON statement (confirmed_by);
CREATE INDEX statement_owed ON statement (site_id, answer_by) WHERE answer_by IS NOT NULL AND answered_at IS NULL AND state = 'public';
CREATE INDEX statement_site ON statement (site_id, id);

-- How many public statements stand at a passage, by the version that they were written on.
CREATE TABLE passage_count (
  site_id BIGINT NOT NULL REFERENCES site (id),
  part_id BIGINT NOT NULL REFERENCES process_part (id),
  unit BIGINT NOT NULL,
  version_id BIGINT NOT NULL REFERENCES text_version (id),
  statements BIGINT NOT NULL,
  PRIMARY KEY (part_id, unit, version_id)
);
CREATE INDEX passage_count_site ON passage_count (site_id);
CREATE INDEX passage_count_version ON passage_count (version_id);

CREATE TABLE statement_support (
  site_id BIGINT NOT NULL REFERENCES site (id),
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  participant_id BIGINT NOT NULL REFERENCES participant (id),
  supported_at BIGINT NOT NULL,
  PRIMARY KEY (statement_id, participant_id)
);
CREATE INDEX statement_support_participant ON statement_support (participant_id);
CREATE INDEX statement_support_site ON statement_support (site_id);

-- Each step of a statement's anchor from one version to the next.
CREATE TABLE statement_move (
  site_id BIGINT NOT NULL REFERENCES site (id),
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  version_id BIGINT NOT NULL REFERENCES text_version (id),
  how TEXT NOT NULL,
  sure DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (statement_id, version_id)
);
CREATE INDEX statement_move_version ON statement_move (version_id);
CREATE INDEX statement_move_site ON statement_move (site_id);

-- The weighing of one bundle of equal points; a point that equals no other is alone in its bundle. code: XBeteiligung 1.2.
-- first_point is the point that opened it and lends it its words; empty in a bundle that was merged into another (points = 0).
CREATE TABLE weighing (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  part_id BIGINT NOT NULL REFERENCES process_part (id),
  title TEXT NOT NULL,
  code BIGINT CHECK (code IN (1000, 2000, 3000, 4000, 5000)),
  reason TEXT NOT NULL,
  calculation TEXT,
  department_id BIGINT REFERENCES department (id),
  answer_by TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'proposed', 'approved', 'published')),
  points BIGINT NOT NULL,
  first_point BIGINT,
  proposed_by BIGINT REFERENCES person (id),
  proposed_at BIGINT,
  approved_by BIGINT REFERENCES person (id),
  approved_at BIGINT,
  published_at BIGINT,
  changed_at BIGINT NOT NULL,
  UNIQUE (first_point)
);
CREATE INDEX weighing_part ON weighing (part_id, state, id);
CREATE INDEX weighing_process ON weighing (process_id, state, id);
CREATE INDEX weighing_department ON weighing (department_id, state, answer_by);
CREATE INDEX weighing_site ON weighing (site_id);
CREATE INDEX weighing_proposed_by ON weighing (proposed_by);
CREATE INDEX weighing_approved_by ON weighing (approved_by);

-- One wish of a statement. bundle_id is empty until the desk of the weighing takes it up; is_apart: somebody said that it equals no other.
CREATE TABLE statement_point (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  position BIGINT NOT NULL,
  text TEXT NOT NULL,
  bundle_id BIGINT REFERENCES weighing (id),
  is_apart BIGINT NOT NULL DEFAULT 0 CHECK (is_apart IN (0, 1)),
  UNIQUE (statement_id, position)
);
CREATE INDEX statement_point_bundle ON statement_point (bundle_id);
CREATE INDEX statement_point_site ON statement_point (site_id);

-- Whole rows of weighing as they were, nothing overwritten.
CREATE TABLE weighing_record (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  weighing_id BIGINT NOT NULL REFERENCES weighing (id),
  act TEXT NOT NULL,
  title TEXT NOT NULL,
  code BIGINT,
  reason TEXT NOT NULL,
  calculation TEXT,
  department_id BIGINT REFERENCES department (id),
  answer_by TEXT,
  state TEXT NOT NULL,
  note TEXT,
  recorded_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX weighing_record_weighing ON weighing_record (weighing_id, id);
CREATE INDEX weighing_record_site ON weighing_record (site_id);
CREATE INDEX weighing_record_department ON weighing_record (department_id);
CREATE INDEX weighing_record_person ON weighing_record (person_id);

-- Which answer, or which other cause in words, changed a sentence of a version. sentence counts within the unit, from 1; 0 the whole unit.
CREATE TABLE change_cause (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  version_id BIGINT NOT NULL REFERENCES text_version (id),
  unit BIGINT NOT NULL,
  sentence BIGINT NOT NULL,
  weighing_id BIGINT REFERENCES weighing (id),
  text TEXT
);
CREATE INDEX change_cause_version ON change_cause (version_id, unit);
CREATE INDEX change_cause_weighing ON change_cause (weighing_id);
CREATE INDEX change_cause_site ON change_cause (site_id);

-- Notes of the house on a statement; they never leave it.
CREATE TABLE statement_note (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  text TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id)
);
CREATE INDEX statement_note_statement ON statement_note (statement_id, id);
CREATE INDEX statement_note_site ON statement_note (site_id);
CREATE INDEX statement_note_person ON statement_note (person_id);

-- Reasons that are used again within a process.
CREATE TABLE weighing_text (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  title TEXT NOT NULL,
  code BIGINT,
  reason TEXT NOT NULL
);
CREATE INDEX weighing_text_process ON weighing_text (process_id, title);
CREATE INDEX weighing_text_site ON weighing_text (site_id);

-- Who is still to be told what became of their statement, and was. occasion: answered:MOMENT or decided:NODE; each is told once.
CREATE TABLE weighing_notice (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  statement_id BIGINT NOT NULL REFERENCES statement (id),
  participant_id BIGINT NOT NULL REFERENCES participant (id),
  occasion TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  told_at BIGINT,
  UNIQUE (statement_id, occasion)
);
CREATE INDEX weighing_notice_participant ON weighing_notice (participant_id, told_at);
CREATE INDEX weighing_notice_process ON weighing_notice (process_id);
CREATE INDEX weighing_notice_waiting ON weighing_notice (site_id, participant_id) WHERE told_at IS NULL;

CREATE TABLE idea (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  part_id BIGINT NOT NULL REFERENCES process_part (id),
  number BIGINT NOT NULL,
  receipt TEXT NOT NULL,
  participant_id BIGINT REFERENCES participant (id),
  channel TEXT NOT NULL CHECK (channel IN ('web', 'letter', 'telephone', 'postcard', 'counter', 'event')),
  entered_by BIGINT REFERENCES person (id),
  confirmed_by BIGINT REFERENCES person (id),
  author_name TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  category TEXT,
  place TEXT,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  picture_file TEXT,
  picture_text TEXT,
  state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'public', 'hidden', 'withdrawn', 'merged')),
  state_reason TEXT,
  supports BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  answer_by TEXT,
  answered_at BIGINT,
  answer_text TEXT,
  answer_state TEXT,
  answer_department_id BIGINT REFERENCES department (id),
  to_council_at BIGINT,
  shuffle BIGINT NOT NULL,
  edited_at BIGINT,
  once_key TEXT NOT NULL,
  UNIQUE (process_id, number),
  UNIQUE (site_id, receipt),
  UNIQUE (site_id, once_key)
);
-- shuffle: a number by chance; each day the list "by chance" begins at another one, so that late ideas stand at the top too.
CREATE INDEX idea_supported ON idea (part_id, state, supports, id);
CREATE INDEX idea_newest ON idea (part_id, state, id);
CREATE INDEX idea_shuffled ON idea (part_id, state, shuffle, id);
CREATE INDEX idea_category ON idea (part_id, category, state, id);
CREATE INDEX idea_category_supported ON idea (part_id, category, state, supports, id);
CREATE INDEX idea_participant ON idea (participant_id);
CREATE INDEX idea_site ON idea (site_id, id);
CREATE INDEX idea_entered_by ON idea (entered_by);
CREATE INDEX idea_confirmed_by ON idea (confirmed_by);
CREATE INDEX idea_answer_department ON idea (answer_department_id);
CREATE INDEX idea_owed ON idea (site_id, answer_by) WHERE answer_by IS NOT NULL AND answered_at IS NULL AND state = 'public';

CREATE TABLE idea_support (
  site_id BIGINT NOT NULL REFERENCES site (id),
  idea_id BIGINT NOT NULL REFERENCES idea (id),
  participant_id BIGINT NOT NULL REFERENCES participant (id),
  supported_at BIGINT NOT NULL,
  PRIMARY KEY (idea_id, participant_id)
);
CREATE INDEX idea_support_participant ON idea_support (participant_id);
CREATE INDEX idea_support_site ON idea_support (site_id);

-- The words of an idea, by the digests of their beginnings: similar ideas are looked up by them. Only public ideas have any.
CREATE TABLE idea_word (
  site_id BIGINT NOT NULL REFERENCES site (id),
  part_id BIGINT NOT NULL REFERENCES process_part (id),
  word BIGINT NOT NULL,
  idea_id BIGINT NOT NULL REFERENCES idea (id),
  PRIMARY KEY (part_id, word, idea_id)
);
CREATE INDEX idea_word_idea ON idea_word (idea_id);
CREATE INDEX idea_word_site ON idea_word (site_id);

-- What an idea said before its author changed it.
CREATE TABLE idea_edit (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  idea_id BIGINT NOT NULL REFERENCES idea (id),
  title_before TEXT NOT NULL,
  text_before TEXT NOT NULL,
  edited_at BIGINT NOT NULL
);
CREATE INDEX idea_edit_idea ON idea_edit (idea_id, id);
CREATE INDEX idea_edit_site ON idea_edit (site_id);

-- An idea that came out of another: merged into it, or split off from it.
CREATE TABLE idea_lineage (
  site_id BIGINT NOT NULL REFERENCES site (id),
  from_idea_id BIGINT NOT NULL REFERENCES idea (id),
  to_idea_id BIGINT NOT NULL REFERENCES idea (id),
  kind TEXT NOT NULL CHECK (kind IN ('merged', 'split')),
  reason TEXT NOT NULL,
  happened_at BIGINT NOT NULL,
  person_id BIGINT REFERENCES person (id),
  PRIMARY KEY (from_idea_id, to_idea_id)
);
CREATE INDEX idea_lineage_to ON idea_lineage (to_idea_id);
CREATE INDEX idea_lineage_site ON idea_lineage (site_id);
CREATE INDEX idea_lineage_person ON idea_lineage (person_id);

-- on_kind: process_part, idea or statement. stance: for, against or nothing. root_id is the first comment of the thread, its own row
-- if it is the first: a page takes threads by it, in one statement.
CREATE TABLE comment (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  on_kind TEXT NOT NULL CHECK (on_kind IN ('process_part', 'idea', 'statement')),
  on_id BIGINT NOT NULL,
  parent_id BIGINT REFERENCES comment (id),
  root_id BIGINT,
  depth BIGINT NOT NULL,
  participant_id BIGINT REFERENCES participant (id),
  author_name TEXT NOT NULL,
  stance TEXT CHECK (stance IN ('for', 'against')),
  text TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('unconfirmed', 'waiting', 'public', 'hidden', 'withdrawn')),
  state_reason TEXT,
  replies BIGINT NOT NULL,
  submitted_at BIGINT NOT NULL,
  edited_at BIGINT,
  once_key TEXT NOT NULL,
  UNIQUE (site_id, once_key)
);
CREATE INDEX comment_thing ON comment (on_kind, on_id, depth, id);
CREATE INDEX comment_process ON comment (process_id, state, id);
CREATE INDEX comment_parent ON comment (parent_id);
CREATE INDEX comment_root ON comment (root_id, id);
CREATE INDEX comment_participant ON comment (participant_id);
CREATE INDEX comment_site ON comment (site_id, id);

-- What a comment said before it was changed.
CREATE TABLE comment_edit (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  comment_id BIGINT NOT NULL REFERENCES comment (id),
  text_before TEXT NOT NULL,
  edited_at BIGINT NOT NULL
);
CREATE INDEX comment_edit_comment ON comment_edit (comment_id, id);
CREATE INDEX comment_edit_site ON comment_edit (site_id);

-- How many public comments somebody wrote on one thing. name is a digest of the folded public name: mentions are looked up by it.
CREATE TABLE comment_voice (
  site_id BIGINT NOT NULL REFERENCES site (id),
  process_id BIGINT NOT NULL REFERENCES process (id),
  on_kind TEXT NOT NULL,
  on_id BIGINT NOT NULL,
  participant_id BIGINT NOT NULL REFERENCES participant (id),
  name BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  PRIMARY KEY (on_kind, on_id, participant_id)
);
CREATE INDEX comment_voice_count ON comment_voice (on_kind, on_id, comments);
CREATE INDEX comment_voice_name ON comment_voice (process_id, name);
CREATE INDEX comment_voice_participant ON comment_voice (participant_id);
CREATE INDEX comment_voice_site ON comment_voice (site_id);

-- Who was named in a comment. told_at: when the mail about it was written; at most one an hour to a person.
CREATE TABLE comment_mention (
  site_id BIGINT NOT NULL REFERENCES site (id),
  comment_id BIGINT NOT NULL REFERENCES comment (id),
  participant_id BIGINT NOT NULL REFERENCES participant (id),
  mentioned_at BIGINT NOT NULL,
  told_at BIGINT,
  PRIMARY KEY (comment_id, participant_id)
);
CREATE INDEX comment_mention_participant ON comment_mention (participant_id, told_at);
CREATE INDEX comment_mention_waiting ON comment_mention (site_id, mentioned_at) WHERE told_at IS NULL;

-- How often somebody sent something in a window of time. subject is a keyed digest, never an address.
CREATE TABLE dialogue_try (
  subject TEXT NOT NULL,
  window_at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (subject, window_at)
);
