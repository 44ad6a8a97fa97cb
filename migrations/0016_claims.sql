-- What a site's provider of accounts says of people, as far as the site keeps it: who may take part can rest on it.

-- The claims that a site keeps, by the names that its provider gives them.
CREATE TABLE claim_name (
  site_id BIGINT NOT NULL REFERENCES site (id),
  name TEXT NOT NULL,
  PRIMARY KEY (site_id, name)
);

-- What the provider said when a person last came in by it.
CREATE TABLE person_claim (
  site_id BIGINT NOT NULL REFERENCES site (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (site_id, person_id, name, value)
);
CREATE INDEX person_claim_person ON person_claim (person_id);

-- Somebody who has just arrived has no account yet that it could stand at; JSON, the values of each claim by its name.
ALTER TABLE sign_in_arrival ADD COLUMN claims TEXT NOT NULL DEFAULT '{}';
