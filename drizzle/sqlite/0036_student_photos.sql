-- compatible: the version before may start on this schema
CREATE TABLE `student_photos` (
	`school_id` integer NOT NULL,
	`hash` text NOT NULL,
	`student_id` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`content` text NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `hash`),
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "student_photos_hash_length" CHECK(length("student_photos"."hash") <= 64),
	CONSTRAINT "student_photos_content_length" CHECK(length("student_photos"."content") <= 270000)
);--> statement-breakpoint
CREATE INDEX `student_photos_student_ix` ON `student_photos` (`school_id`,`student_id`);--> statement-breakpoint
CREATE INDEX `student_photos_used_ix` ON `student_photos` (`used_at`);--> statement-breakpoint
ALTER TABLE `students` ADD COLUMN `photo` text;--> statement-breakpoint
ALTER TABLE `students` ADD CONSTRAINT "students_photo_length" CHECK((length("students"."photo") <= 64) IS NOT FALSE);--> statement-breakpoint
CREATE INDEX `students_photo_ix` ON `students` (`school_id`,`photo`) WHERE "students"."photo" is not null;