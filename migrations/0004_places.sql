-- The gazetteer of a site: streets, districts and other places with their geometry.
--
-- A place keeps its row as long as a gazetteer holds it, whatever else changes; one that left the gazetteer stays as a row that
-- is not current, so that its address says so. other_names holds a JSON array of texts, geometry GeoJSON. version tells caches
-- of recognisers when to read again: it changes with everything that they are made of.

CREATE TABLE place_gazetteer (
  site_id BIGINT PRIMARY KEY REFERENCES site (id),
  version TEXT NOT NULL,
  source_name TEXT NOT NULL,
  loaded_at BIGINT NOT NULL
);

CREATE TABLE place (
  id IDENTITY,
  site_id BIGINT NOT NULL REFERENCES site (id),
  kind TEXT NOT NULL CHECK (kind IN ('district', 'street', 'place')),
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  letter TEXT NOT NULL,
  district TEXT,
  district_folded TEXT NOT NULL,
  other_names TEXT NOT NULL,
  geometry TEXT,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  position BIGINT NOT NULL,
  is_current BIGINT NOT NULL CHECK (is_current IN (0, 1))
);
CREATE UNIQUE INDEX place_own ON place (site_id, kind, folded, district_folded);
CREATE INDEX place_sorted ON place (site_id, is_current, kind, sort_key, id);
CREATE INDEX place_letter ON place (site_id, is_current, letter, sort_key, id);
CREATE INDEX place_district ON place (site_id, is_current, district_folded, sort_key, id);
