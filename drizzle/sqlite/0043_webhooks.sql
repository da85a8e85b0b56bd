-- compatible: the version before may start on this schema
CREATE TABLE `webhook_deliveries` (
	`school_id` integer NOT NULL,
	`webhook_id` text NOT NULL,
	`secret` text NOT NULL,
	`former_secret` text,
	`former_until` integer,
	`sent_from` text NOT NULL,
	`position` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`failing_since` integer,
	`next_at` integer,
	`last_at` integer,
	`last_status` integer,
	`last_problem` text,
	`lease_owner` text,
	`lease_until` integer,
	PRIMARY KEY(`school_id`, `webhook_id`),
	FOREIGN KEY (`school_id`,`webhook_id`) REFERENCES `webhooks`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "webhook_deliveries_secret_length" CHECK(length("webhook_deliveries"."secret") <= 100),
	CONSTRAINT "webhook_deliveries_former_secret_length" CHECK(length("webhook_deliveries"."former_secret") <= 100),
	CONSTRAINT "webhook_deliveries_sent_from_length" CHECK(length("webhook_deliveries"."sent_from") <= 2000),
	CONSTRAINT "webhook_deliveries_last_problem_length" CHECK(length("webhook_deliveries"."last_problem") <= 40)
);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_next_ix` ON `webhook_deliveries` (`next_at`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`entities` text NOT NULL,
	`state` text NOT NULL,
	`disabled_because` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "webhooks_name_length" CHECK(length("webhooks"."name") <= 100),
	CONSTRAINT "webhooks_url_length" CHECK(length("webhooks"."url") <= 2000),
	CONSTRAINT "webhooks_state_known" CHECK("webhooks"."state" in ('on', 'paused', 'disabled')),
	CONSTRAINT "webhooks_disabled_because_known" CHECK("webhooks"."disabled_because" in ('failing', 'gone'))
);--> statement-breakpoint
ALTER TABLE `journal` DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE `journal` ADD CONSTRAINT "journal_entity_known" CHECK(("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment', 'calendar', 'calendarDay', 'period', 'bellSchedule', 'bellTime', 'webhook')) IS NOT FALSE);