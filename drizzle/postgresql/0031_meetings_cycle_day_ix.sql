-- compatible: the version before may start on this schema
-- no-transaction
CREATE INDEX CONCURRENTLY "meetings_cycle_day_ix" ON "meetings" USING btree ("school_id","cycle_day");--> statement-breakpoint
CREATE INDEX CONCURRENTLY "meetings_period_ix" ON "meetings" USING btree ("school_id","period_id");