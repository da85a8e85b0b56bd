CREATE UNIQUE INDEX "class_instructors_primary_uq" ON "class_instructors" USING btree ("school_id","class_id") WHERE "class_instructors"."is_primary" and "class_instructors"."archived_at" is null;
