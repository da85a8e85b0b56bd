ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";
--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_known" CHECK(("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment')) IS NOT FALSE);
--> statement-breakpoint
-- SQLite takes no reference away from a table, so the table is made again without it.
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
INSERT INTO `__new_meetings`("school_id", "id", "class_id", "weekday", "cycle_day", "start_time", "end_time", "room_id", "valid_from", "valid_to", "override_reason", "version", "archived_at") SELECT "school_id", "id", "class_id", "weekday", "cycle_day", "start_time", "end_time", "room_id", "valid_from", "valid_to", "override_reason", "version", "archived_at" FROM `meetings`;
--> statement-breakpoint
DROP TABLE `meetings`;
--> statement-breakpoint
ALTER TABLE `__new_meetings` RENAME TO `meetings`;
--> statement-breakpoint
CREATE INDEX `meetings_class_ix` ON `meetings` (`school_id`,`class_id`);
--> statement-breakpoint
CREATE INDEX `meetings_weekday_ix` ON `meetings` (`school_id`,`weekday`,`start_time`);
--> statement-breakpoint
CREATE INDEX `meetings_room_ix` ON `meetings` (`school_id`,`room_id`);
--> statement-breakpoint
DROP TABLE "calendar_days";
--> statement-breakpoint
DROP TABLE "bell_times";
--> statement-breakpoint
DROP TABLE "bell_schedules";
--> statement-breakpoint
DROP TABLE "periods";
--> statement-breakpoint
DROP TABLE "calendars";
