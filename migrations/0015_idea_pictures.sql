-- Pictures of ideas. Their files lie in the content store under these digests; the file that was sent is never kept.

CREATE TABLE idea_picture (
  idea_id BIGINT PRIMARY KEY REFERENCES idea (id),
  site_id BIGINT NOT NULL REFERENCES site (id),
  description TEXT NOT NULL,
  large_sha256 TEXT NOT NULL,
  large_type TEXT NOT NULL CHECK (large_type IN ('image/jpeg', 'image/png')),
  large_width BIGINT NOT NULL CHECK (large_width > 0),
  large_height BIGINT NOT NULL CHECK (large_height > 0),
  small_sha256 TEXT NOT NULL,
  small_type TEXT NOT NULL CHECK (small_type IN ('image/jpeg', 'image/png')),
  small_width BIGINT NOT NULL CHECK (small_width > 0),
  small_height BIGINT NOT NULL CHECK (small_height > 0),
  added_at BIGINT NOT NULL
);
CREATE INDEX idea_picture_site ON idea_picture (site_id);

-- Never written: what they were meant for stands in the table above.
ALTER TABLE idea DROP COLUMN picture_file;
ALTER TABLE idea DROP COLUMN picture_text;
