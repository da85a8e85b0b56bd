-- compatible: the version before may start on this schema
CREATE TABLE `backfills` (
	`name` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`checked_at` integer,
	`ended_at` integer,
	`rows_done` integer NOT NULL,
	`rows_left` integer,
	`at_school` integer,
	`at_row` text,
	`owner` text,
	`taken_until` integer,
	`failure` text,
	CONSTRAINT "backfills_name_length" CHECK(length("backfills"."name") <= 100),
	CONSTRAINT "backfills_state_known" CHECK("backfills"."state" in ('filling', 'waiting', 'failed', 'done')),
	CONSTRAINT "backfills_at_row_length" CHECK(length("backfills"."at_row") <= 200),
	CONSTRAINT "backfills_failure_length" CHECK(length("backfills"."failure") <= 100)
);
