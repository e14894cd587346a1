-- A back-dated transaction rewrites ten years of days at once. With room left on each page the new rows stay beside the old ones and the
-- index is not touched.
alter table daily_valuation set (fillfactor = 45);
