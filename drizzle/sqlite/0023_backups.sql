-- compatible: the version before may start on this schema
CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`night_date` text,
	`host` text NOT NULL,
	`name` text,
	`place` text,
	`size` integer,
	`copy_ms` integer,
	`verify_ms` integer,
	`rehearsed_at` integer,
	`rehearsed_ms` integer,
	`failure` text,
	CONSTRAINT "backups_state_known" CHECK("backups"."state" in ('running', 'verified', 'failed')),
	CONSTRAINT "backups_host_length" CHECK(length("backups"."host") <= 255),
	CONSTRAINT "backups_name_length" CHECK(length("backups"."name") <= 40),
	CONSTRAINT "backups_place_length" CHECK(length("backups"."place") <= 1000),
	CONSTRAINT "backups_failure_length" CHECK(length("backups"."failure") <= 100)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `backups_night_uq` ON `backups` (`night_date`);--> statement-breakpoint
CREATE INDEX `backups_state_ix` ON `backups` (`state`,`started_at`);