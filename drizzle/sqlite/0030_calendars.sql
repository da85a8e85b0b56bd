-- compatible: the version before may start on this schema
CREATE TABLE `bell_schedules` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bell_schedules_name_length" CHECK(length("bell_schedules"."name") <= 100)
);--> statement-breakpoint
CREATE UNIQUE INDEX `bell_schedules_name_uq` ON `bell_schedules` (`school_id`,`name`) WHERE "bell_schedules"."archived_at" is null;--> statement-breakpoint
CREATE TABLE `bell_times` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`bell_schedule_id` text NOT NULL,
	`period_id` text NOT NULL,
	`start_time` text NOT NULL,
	`end_time` text NOT NULL,
	`counts_minutes` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`bell_schedule_id`) REFERENCES `bell_schedules`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`period_id`) REFERENCES `periods`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bell_times_order" CHECK("bell_times"."start_time" < "bell_times"."end_time")
);--> statement-breakpoint
CREATE UNIQUE INDEX `bell_times_uq` ON `bell_times` (`school_id`,`bell_schedule_id`,`period_id`) WHERE "bell_times"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `bell_times_period_ix` ON `bell_times` (`school_id`,`period_id`);--> statement-breakpoint
CREATE TABLE `calendar_days` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`calendar_id` text NOT NULL,
	`date` text NOT NULL,
	`kind` text NOT NULL,
	`cycle_day` integer,
	`bell_schedule_id` text,
	`membership` integer NOT NULL,
	`note` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`calendar_id`) REFERENCES `calendars`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`bell_schedule_id`) REFERENCES `bell_schedules`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "calendar_days_kind_known" CHECK("calendar_days"."kind" in ('instruction', 'makeUp', 'lateOrEarly', 'teacherOnly', 'holiday', 'weather', 'emergency', 'closed')),
	CONSTRAINT "calendar_days_note_length" CHECK(length("calendar_days"."note") <= 500),
	CONSTRAINT "calendar_days_cycle_day_positive" CHECK("calendar_days"."cycle_day" >= 1),
	CONSTRAINT "calendar_days_membership_positive" CHECK("calendar_days"."membership" >= 0)
);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_days_uq` ON `calendar_days` (`school_id`,`calendar_id`,`date`) WHERE "calendar_days"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `calendar_days_bell_schedule_ix` ON `calendar_days` (`school_id`,`bell_schedule_id`);--> statement-breakpoint
CREATE TABLE `calendars` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`cycle_length` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "calendars_name_length" CHECK(length("calendars"."name") <= 200),
	CONSTRAINT "calendars_cycle_length_possible" CHECK("calendars"."cycle_length" between 2 and 30)
);--> statement-breakpoint
CREATE TABLE `periods` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "periods_code_length" CHECK(length("periods"."code") <= 20),
	CONSTRAINT "periods_name_length" CHECK(length("periods"."name") <= 100)
);--> statement-breakpoint
CREATE UNIQUE INDEX `periods_code_uq` ON `periods` (`school_id`,`code`) WHERE "periods"."archived_at" is null;--> statement-breakpoint
ALTER TABLE `journal` DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE `journal` ADD CONSTRAINT "journal_entity_known" CHECK(("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment', 'calendar', 'calendarDay', 'period', 'bellSchedule', 'bellTime')) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE `meetings` ADD COLUMN `period_id` text;--> statement-breakpoint
ALTER TABLE `meetings` ADD CONSTRAINT "meetings_period_fk" FOREIGN KEY (`school_id`,`period_id`) REFERENCES `periods`(`school_id`,`id`) ON UPDATE no action ON DELETE no action;--> statement-breakpoint
CREATE INDEX `meetings_cycle_day_ix` ON `meetings` (`school_id`,`cycle_day`);--> statement-breakpoint
CREATE INDEX `meetings_period_ix` ON `meetings` (`school_id`,`period_id`);