-- compatible: the version before may start on this schema
CREATE TABLE "backfills" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"rows_done" bigint NOT NULL,
	"rows_left" bigint,
	"at_school" integer,
	"at_row" text COLLATE "C",
	"owner" uuid,
	"taken_until" timestamp (3) with time zone,
	"failure" text COLLATE "C",
	CONSTRAINT "backfills_name_length" CHECK (length("backfills"."name") <= 100),
	CONSTRAINT "backfills_state_known" CHECK ("backfills"."state" in ('filling', 'waiting', 'failed', 'done')),
	CONSTRAINT "backfills_at_row_length" CHECK (length("backfills"."at_row") <= 200),
	CONSTRAINT "backfills_failure_length" CHECK (length("backfills"."failure") <= 100)
);
