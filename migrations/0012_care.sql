-- Contributions under care: what moderation may do with a request to take part, and what waits for a look, on one site.

-- What was hidden or waits keeps its place: the request stands open, its words are not shown.
ALTER TABLE undertaking_request ADD COLUMN standing TEXT NOT NULL DEFAULT 'public' CHECK (standing IN ('waiting', 'public', 'hidden'));
ALTER TABLE undertaking_request ADD COLUMN standing_reason TEXT;
CREATE INDEX undertaking_request_waiting ON undertaking_request (site_id, id) WHERE standing = 'waiting';
CREATE INDEX statement_waiting ON statement (site_id, id) WHERE state = 'waiting';
CREATE INDEX idea_waiting ON idea (site_id, id) WHERE state = 'waiting';
CREATE INDEX comment_waiting ON comment (site_id, id) WHERE state = 'waiting';

-- The guard of every form counts in one table.
DROP TABLE dialogue_try;
DROP TABLE undertaking_try;
