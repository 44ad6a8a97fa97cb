-- Two more ways in: the account that somebody has elsewhere (OpenID Connect), and passkeys (WebAuthn).

-- Where people of a site may come from; one a site. The client's secret is sealed with a key of the data folder. What the
-- provider says of itself is kept with the hour it came, so that all nodes ask it seldom.
CREATE TABLE sign_in_provider (
  site_id BIGINT PRIMARY KEY REFERENCES site (id),
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL,
  secret BYTEA NOT NULL,
  button TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  discovery TEXT NOT NULL,
  key_set TEXT NOT NULL,
  fetched_at BIGINT
);

-- Somebody went to the provider and has not come back. Nonce and verifier are computed from the browser's half of the secret.
CREATE TABLE sign_in_errand (
  state_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  browser_digest BYTEA NOT NULL,
  onward TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_errand_site ON sign_in_errand (site_id);
CREATE INDEX sign_in_errand_expiry ON sign_in_errand (expires_at);

-- Somebody whom the provider has named and whom no account here belongs to yet. Vanishes after an hour, or when it becomes one.
CREATE TABLE sign_in_arrival (
  token_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  label TEXT NOT NULL,
  email TEXT NOT NULL,
  onward TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_arrival_site ON sign_in_arrival (site_id);
CREATE INDEX sign_in_arrival_expiry ON sign_in_arrival (expires_at);

-- The accounts elsewhere that let a person in.
CREATE TABLE person_identity (
  id IDENTITY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  label TEXT NOT NULL,
  linked_at BIGINT NOT NULL,
  used_at BIGINT,
  UNIQUE (issuer, subject)
);
CREATE INDEX person_identity_person ON person_identity (person_id);

-- The public halves of the keys that a person's devices keep. A key belongs to the host of one site.
CREATE TABLE passkey (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  credential BYTEA NOT NULL,
  public_key BYTEA NOT NULL,
  counter BIGINT NOT NULL CHECK (counter >= 0),
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  UNIQUE (site_id, credential)
);
CREATE INDEX passkey_person ON passkey (person_id);

-- Challenges that were answered: none counts twice. An unanswered one needs no row, because it bears a seal and its end.
CREATE TABLE passkey_challenge (
  challenge_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_site ON passkey_challenge (site_id);
CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at);
