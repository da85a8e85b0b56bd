-- compatible: the version before may start on this schema
DROP INDEX "enrollments_seats_ix";--> statement-breakpoint
CREATE INDEX "enrollments_seats_ix" ON "enrollments" USING btree ("school_id","class_id","student_id","end_date","status","archived_at") WHERE "enrollments"."status" = 'enrolled' and "enrollments"."archived_at" is null;