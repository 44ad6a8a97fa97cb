-- Each index costs every statement that comes in. Nothing looked by channel, and a statement that a resident sends by themselves was
-- neither entered nor confirmed by staff and is in no bundle yet.
DROP INDEX statement_channel;
DROP INDEX statement_entered_by;
DROP INDEX statement_confirmed_by;
DROP INDEX statement_point_bundle;
CREATE INDEX statement_entered_by ON statement (entered_by) WHERE entered_by IS NOT NULL;
CREATE INDEX statement_confirmed_by ON statement (confirmed_by) WHERE confirmed_by IS NOT NULL;
CREATE INDEX statement_point_bundle ON statement_point (bundle_id) WHERE bundle_id IS NOT NULL;

-- Whether a reader was told a piece of news for another subscription is asked for each of them.
DROP INDEX subscription_news_item;
CREATE INDEX subscription_news_item ON subscription_news (item_id, reader_id);
