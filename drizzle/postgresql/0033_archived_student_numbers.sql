-- compatible: the version before may start on this schema
-- no-transaction
CREATE INDEX CONCURRENTLY "students_archived_number_ix" ON "students" USING btree ("school_id","number") WHERE "students"."archived_at" is not null;