-- Residents make their accounts themselves and come in by a link: registrations that nobody confirmed yet, and links for signing in.

-- Vanishes after a day, or when it becomes an account. One address can wait once on each site.
CREATE TABLE registration (
  token_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL,
  public_name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('de', 'en', 'leicht')),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  UNIQUE (site_id, email_folded)
);
CREATE INDEX registration_expiry ON registration (expires_at);

-- Made anew for one more purpose: neither engine changes a check in the same words.
CREATE TABLE sign_in_link_next (
  token_digest BYTEA PRIMARY KEY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('first', 'invitation', 'reset', 'sign_in')),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
INSERT INTO sign_in_link_next (token_digest, site_id, person_id, purpose, created_at, expires_at, used_at)
  SELECT token_digest, site_id, person_id, purpose, created_at, expires_at, used_at FROM sign_in_link;
DROP TABLE sign_in_link;
ALTER TABLE sign_in_link_next RENAME TO sign_in_link;
CREATE INDEX sign_in_link_person ON sign_in_link (person_id);
CREATE INDEX sign_in_link_site ON sign_in_link (site_id);
