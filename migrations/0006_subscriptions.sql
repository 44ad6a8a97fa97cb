-- Subscriptions: who wants to hear of what, what was news, and what was told to whom.
-- secret and feed_secret stand here as they are: they must come again in every mail, and whoever can read this table knows more than they open.
-- Everything of a reader goes with the reader, and the reader of an account with the account.

CREATE TABLE subscription_reader (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT REFERENCES person (id) ON DELETE CASCADE,
  email TEXT,
  email_folded TEXT,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  secret TEXT NOT NULL UNIQUE,
  hour BIGINT NOT NULL CHECK (hour BETWEEN 0 AND 23),
  weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  confirmed_at BIGINT,
  paused_at BIGINT,
  pause_cause TEXT CHECK (pause_cause IN ('bounced', 'refused')),
  created_at BIGINT NOT NULL,
  UNIQUE (site_id, person_id),
  UNIQUE (site_id, email_folded),
  CHECK ((person_id IS NULL) = (email IS NOT NULL))
);
CREATE INDEX subscription_reader_person ON subscription_reader (person_id);

-- target is the normalised query of the address /abonnieren. frequency feed means: no mail.
CREATE TABLE subscription (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  reader_id BIGINT NOT NULL REFERENCES subscription_reader (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  frequency TEXT NOT NULL CHECK (frequency IN ('at_once', 'daily', 'weekly', 'feed')),
  feed_secret TEXT NOT NULL UNIQUE,
  confirm_digest BYTEA UNIQUE,
  confirm_until BIGINT,
  confirmed_at BIGINT,
  created_at BIGINT NOT NULL,
  UNIQUE (reader_id, target)
);
CREATE INDEX subscription_site ON subscription (site_id, id);

-- What was news, once for all who hear of it. news_key says what makes two of them the same.
CREATE TABLE subscription_item (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  news_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  happening TEXT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  part_of TEXT,
  part_of_path TEXT,
  words TEXT,
  happened_at BIGINT NOT NULL,
  UNIQUE (site_id, news_key)
);
CREATE INDEX subscription_item_thing ON subscription_item (site_id, kind, object_id);
CREATE INDEX subscription_item_age ON subscription_item (happened_at);

-- One row per subscription and piece of news: due_at is set as long as a mail owes it.
CREATE TABLE subscription_news (
  site_id BIGINT NOT NULL REFERENCES site (id),
  subscription_id BIGINT NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
  item_id BIGINT NOT NULL REFERENCES subscription_item (id) ON DELETE CASCADE,
  reader_id BIGINT NOT NULL REFERENCES subscription_reader (id) ON DELETE CASCADE,
  due_at BIGINT,
  sent_at BIGINT,
  PRIMARY KEY (subscription_id, item_id)
);
CREATE INDEX subscription_news_due ON subscription_news (site_id, due_at);
CREATE INDEX subscription_news_reader ON subscription_news (reader_id, due_at);
CREATE INDEX subscription_news_item ON subscription_news (item_id);

-- How often somebody tried in a window of time. subject is a keyed digest, never an address.
CREATE TABLE subscription_try (
  subject TEXT NOT NULL,
  window_at BIGINT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (subject, window_at)
);

-- Where the reader of a mail gets rid of its kind (RFC 8058), and whether it came back.
ALTER TABLE mail ADD COLUMN unsubscribe_url TEXT;
ALTER TABLE mail ADD COLUMN returned_at BIGINT;
ALTER TABLE mail ADD COLUMN return_status TEXT;

-- A part of a thing names the page that it stands on: whoever follows that page hears of it.
CREATE INDEX node_path ON node (site_id, path);
