-- compatible: the version before may start on this schema
-- no-transaction
CREATE INDEX CONCURRENTLY "students_photo_ix" ON "students" USING btree ("school_id","photo") WHERE "students"."photo" is not null;