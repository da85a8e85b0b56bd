-- compatible: the version before may start on this schema
DROP INDEX `class_instructors_uq`;--> statement-breakpoint
CREATE UNIQUE INDEX `class_instructors_uq` ON `class_instructors` (`school_id`,`class_id`,`instructor_id`,`begin_date`) WHERE "class_instructors"."archived_at" is null;--> statement-breakpoint
DROP INDEX `enrollments_begin_uq`;--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_begin_uq` ON `enrollments` (`school_id`,`class_id`,`student_id`,`begin_date`) WHERE "enrollments"."archived_at" is null;