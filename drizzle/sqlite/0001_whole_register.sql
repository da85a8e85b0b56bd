CREATE TABLE `guardians` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`given_name` text NOT NULL,
	`middle_name` text,
	`family_name` text NOT NULL,
	`preferred_name` text,
	`sort_name` text NOT NULL,
	`search_text` text NOT NULL,
	`email` text,
	`phone` text,
	`other_phone` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "guardians_given_name_length" CHECK(length("guardians"."given_name") <= 100),
	CONSTRAINT "guardians_middle_name_length" CHECK(length("guardians"."middle_name") <= 100),
	CONSTRAINT "guardians_family_name_length" CHECK(length("guardians"."family_name") <= 100),
	CONSTRAINT "guardians_preferred_name_length" CHECK(length("guardians"."preferred_name") <= 100),
	CONSTRAINT "guardians_sort_name_length" CHECK(length("guardians"."sort_name") <= 500),
	CONSTRAINT "guardians_search_text_length" CHECK(length("guardians"."search_text") <= 1500),
	CONSTRAINT "guardians_email_length" CHECK(length("guardians"."email") <= 320),
	CONSTRAINT "guardians_phone_length" CHECK(length("guardians"."phone") <= 50),
	CONSTRAINT "guardians_other_phone_length" CHECK(length("guardians"."other_phone") <= 50),
	CONSTRAINT "guardians_sourced_id_length" CHECK(length("guardians"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guardians_sourced_id_uq` ON `guardians` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE INDEX `guardians_sort_ix` ON `guardians` (`school_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE TABLE `student_guardians` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`guardian_id` text NOT NULL,
	`relation` text NOT NULL,
	`priority` integer NOT NULL,
	`has_custody` integer NOT NULL,
	`may_pick_up` integer NOT NULL,
	`lives_with` integer NOT NULL,
	`is_barred` integer DEFAULT false NOT NULL,
	`note` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`guardian_id`) REFERENCES `guardians`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "student_guardians_relation_known" CHECK("student_guardians"."relation" in ('mother', 'father', 'parent', 'stepparent', 'fosterParent', 'grandparent', 'relative', 'guardian', 'caseworker', 'other')),
	CONSTRAINT "student_guardians_note_length" CHECK(length("student_guardians"."note") <= 500),
	CONSTRAINT "student_guardians_priority_positive" CHECK("student_guardians"."priority" >= 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `student_guardians_uq` ON `student_guardians` (`school_id`,`student_id`,`guardian_id`) WHERE "student_guardians"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `student_guardians_guardian_ix` ON `student_guardians` (`school_id`,`guardian_id`,`student_id`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`place` text NOT NULL,
	`name` text NOT NULL,
	`search` text NOT NULL,
	`is_shared` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "saved_views_place_known" CHECK("saved_views"."place" in ('students', 'classes', 'instructors', 'courses', 'guardians')),
	CONSTRAINT "saved_views_name_length" CHECK(length("saved_views"."name") <= 100),
	CONSTRAINT "saved_views_search_length" CHECK(length("saved_views"."search") <= 2000)
);
--> statement-breakpoint
CREATE INDEX `saved_views_place_ix` ON `saved_views` (`school_id`,`place`);--> statement-breakpoint
CREATE TABLE `student_alerts` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "student_alerts_kind_known" CHECK("student_alerts"."kind" in ('medical', 'custody', 'safety', 'other')),
	CONSTRAINT "student_alerts_text_length" CHECK(length("student_alerts"."text") <= 500)
);
--> statement-breakpoint
CREATE INDEX `student_alerts_student_ix` ON `student_alerts` (`school_id`,`student_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_journal` (
	`school_id` integer NOT NULL,
	`number` integer NOT NULL,
	`operation_id` text NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`version` integer NOT NULL,
	`fields` text NOT NULL,
	`values_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`school_id`, `number`),
	FOREIGN KEY (`school_id`,`operation_id`) REFERENCES `operations`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "journal_entity_length" CHECK(length("__new_journal"."entity") <= 40),
	CONSTRAINT "journal_entity_id_length" CHECK(length("__new_journal"."entity_id") <= 36),
	CONSTRAINT "journal_values_hash_length" CHECK(length("__new_journal"."values_hash") <= 64),
	CONSTRAINT "journal_hash_length" CHECK(length("__new_journal"."hash") <= 64)
);
--> statement-breakpoint
INSERT INTO `__new_journal`("school_id", "number", "operation_id", "entity", "entity_id", "version", "fields", "values_hash", "hash") SELECT "school_id", "number", "operation_id", "entity", "entity_id", "version", "fields", "values_hash", "hash" FROM `journal`;--> statement-breakpoint
DROP TABLE `journal`;--> statement-breakpoint
ALTER TABLE `__new_journal` RENAME TO `journal`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `journal_entity_ix` ON `journal` (`school_id`,`entity`,`entity_id`,`number`);--> statement-breakpoint
CREATE INDEX `journal_operation_ix` ON `journal` (`school_id`,`operation_id`);--> statement-breakpoint
CREATE TABLE `__new_enrollments` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`begin_date` text,
	`end_date` text,
	`status` text NOT NULL,
	`grade` text,
	`waitlist_position` integer,
	`withdrawal_reason` text,
	`note` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `classes`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "enrollments_status_known" CHECK("__new_enrollments"."status" in ('enrolled', 'waitlisted', 'withdrawn', 'completed')),
	CONSTRAINT "enrollments_grade_length" CHECK(length("__new_enrollments"."grade") <= 20),
	CONSTRAINT "enrollments_withdrawal_reason_known" CHECK("__new_enrollments"."withdrawal_reason" in ('scheduleChange', 'moved', 'transferred', 'graduated', 'mistake', 'other')),
	CONSTRAINT "enrollments_note_length" CHECK(length("__new_enrollments"."note") <= 500),
	CONSTRAINT "enrollments_sourced_id_length" CHECK(length("__new_enrollments"."sourced_id") <= 255),
	CONSTRAINT "enrollments_waitlist_place" CHECK(("__new_enrollments"."status" = 'waitlisted') or ("__new_enrollments"."waitlist_position" is null)),
	CONSTRAINT "enrollments_dates_order" CHECK("__new_enrollments"."begin_date" <= "__new_enrollments"."end_date")
);
--> statement-breakpoint
INSERT INTO `__new_enrollments`("school_id", "id", "student_id", "class_id", "begin_date", "end_date", "status", "grade", "sourced_id", "extra", "version", "archived_at") SELECT "school_id", "id", "student_id", "class_id", "begin_date", "end_date", "status", "grade", "sourced_id", "extra", "version", "archived_at" FROM `enrollments`;--> statement-breakpoint
DROP TABLE `enrollments`;--> statement-breakpoint
ALTER TABLE `__new_enrollments` RENAME TO `enrollments`;--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_sourced_id_uq` ON `enrollments` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_begin_uq` ON `enrollments` (`school_id`,`class_id`,`student_id`,`begin_date`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_waitlist_uq` ON `enrollments` (`school_id`,`class_id`,`waitlist_position`);--> statement-breakpoint
CREATE INDEX `enrollments_seats_ix` ON `enrollments` (`school_id`,`class_id`,`student_id`,`end_date`) WHERE "enrollments"."status" = 'enrolled' and "enrollments"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `enrollments_student_ix` ON `enrollments` (`school_id`,`student_id`,`class_id`);--> statement-breakpoint
CREATE TABLE `__new_meetings` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`weekday` integer,
	`cycle_day` integer,
	`start_time` text NOT NULL,
	`end_time` text NOT NULL,
	`room_id` text,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`override_reason` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `classes`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`room_id`) REFERENCES `rooms`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meetings_override_reason_length" CHECK(length("__new_meetings"."override_reason") <= 500),
	CONSTRAINT "meetings_one_day" CHECK(("__new_meetings"."weekday" is null) <> ("__new_meetings"."cycle_day" is null)),
	CONSTRAINT "meetings_weekday_known" CHECK("__new_meetings"."weekday" between 1 and 7),
	CONSTRAINT "meetings_cycle_day_positive" CHECK("__new_meetings"."cycle_day" >= 1),
	CONSTRAINT "meetings_times_order" CHECK("__new_meetings"."start_time" < "__new_meetings"."end_time"),
	CONSTRAINT "meetings_dates_order" CHECK("__new_meetings"."valid_from" <= "__new_meetings"."valid_to")
);
--> statement-breakpoint
INSERT INTO `__new_meetings`("school_id", "id", "class_id", "weekday", "cycle_day", "start_time", "end_time", "room_id", "valid_from", "valid_to", "version", "archived_at") SELECT "school_id", "id", "class_id", "weekday", "cycle_day", "start_time", "end_time", "room_id", "valid_from", "valid_to", "version", "archived_at" FROM `meetings`;--> statement-breakpoint
DROP TABLE `meetings`;--> statement-breakpoint
ALTER TABLE `__new_meetings` RENAME TO `meetings`;--> statement-breakpoint
CREATE INDEX `meetings_class_ix` ON `meetings` (`school_id`,`class_id`);--> statement-breakpoint
CREATE INDEX `meetings_weekday_ix` ON `meetings` (`school_id`,`weekday`,`start_time`);--> statement-breakpoint
CREATE INDEX `meetings_room_ix` ON `meetings` (`school_id`,`room_id`);--> statement-breakpoint
CREATE TABLE `__new_students` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`given_name` text NOT NULL,
	`middle_name` text,
	`family_name` text NOT NULL,
	`preferred_name` text,
	`sort_name` text NOT NULL,
	`search_text` text NOT NULL,
	`email` text,
	`number` text,
	`birth_date` text,
	`grade_level` text,
	`status` text DEFAULT 'active' NOT NULL,
	`is_international` integer DEFAULT false NOT NULL,
	`is_coop` integer DEFAULT false NOT NULL,
	`program_id` text,
	`merged_into_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`program_id`) REFERENCES `programs`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`merged_into_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "students_given_name_length" CHECK(length("__new_students"."given_name") <= 100),
	CONSTRAINT "students_middle_name_length" CHECK(length("__new_students"."middle_name") <= 100),
	CONSTRAINT "students_family_name_length" CHECK(length("__new_students"."family_name") <= 100),
	CONSTRAINT "students_preferred_name_length" CHECK(length("__new_students"."preferred_name") <= 100),
	CONSTRAINT "students_sort_name_length" CHECK(length("__new_students"."sort_name") <= 500),
	CONSTRAINT "students_search_text_length" CHECK(length("__new_students"."search_text") <= 1500),
	CONSTRAINT "students_email_length" CHECK(length("__new_students"."email") <= 320),
	CONSTRAINT "students_number_length" CHECK(length("__new_students"."number") <= 50),
	CONSTRAINT "students_grade_level_length" CHECK(length("__new_students"."grade_level") <= 50),
	CONSTRAINT "students_status_known" CHECK("__new_students"."status" in ('active', 'inactive')),
	CONSTRAINT "students_sourced_id_length" CHECK(length("__new_students"."sourced_id") <= 255)
);
--> statement-breakpoint
INSERT INTO `__new_students`("school_id", "id", "given_name", "middle_name", "family_name", "preferred_name", "sort_name", "search_text", "email", "number", "birth_date", "grade_level", "status", "is_international", "is_coop", "program_id", "sourced_id", "extra", "version", "archived_at") SELECT "school_id", "id", "given_name", "middle_name", "family_name", "preferred_name", "sort_name", "search_text", "email", "number", "birth_date", "grade_level", "status", "is_international", "is_coop", "program_id", "sourced_id", "extra", "version", "archived_at" FROM `students`;--> statement-breakpoint
DROP TABLE `students`;--> statement-breakpoint
ALTER TABLE `__new_students` RENAME TO `students`;--> statement-breakpoint
CREATE UNIQUE INDEX `students_sourced_id_uq` ON `students` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `students_number_uq` ON `students` (`school_id`,`number`) WHERE "students"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `students_sort_ix` ON `students` (`school_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `students_same_ix` ON `students` (`school_id`,`sort_name`,`birth_date`) WHERE "students"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `students_program_ix` ON `students` (`school_id`,`program_id`);--> statement-breakpoint
CREATE TABLE `__new_sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sessions_token_hash_length" CHECK(length("__new_sessions"."token_hash") <= 64),
	CONSTRAINT "sessions_user_agent_length" CHECK(length("__new_sessions"."user_agent") <= 300)
);
--> statement-breakpoint
INSERT INTO `__new_sessions`("id", "user_id", "token_hash", "created_at", "last_seen_at") SELECT "id", "user_id", "token_hash", "created_at", "last_seen_at" FROM `sessions`;--> statement-breakpoint
DROP TABLE `sessions`;--> statement-breakpoint
ALTER TABLE `__new_sessions` RENAME TO `sessions`;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_uq` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user_ix` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `operations_at_ix` ON `operations` (`school_id`,`at`);