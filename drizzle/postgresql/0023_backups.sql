-- compatible: the version before may start on this schema
CREATE TABLE "backups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"night_date" date,
	"host" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C",
	"place" text COLLATE "C",
	"size" bigint,
	"copy_ms" integer,
	"verify_ms" integer,
	"rehearsed_at" timestamp (3) with time zone,
	"rehearsed_ms" integer,
	"failure" text COLLATE "C",
	CONSTRAINT "backups_state_known" CHECK ("backups"."state" in ('running', 'verified', 'failed')),
	CONSTRAINT "backups_host_length" CHECK (length("backups"."host") <= 255),
	CONSTRAINT "backups_name_length" CHECK (length("backups"."name") <= 40),
	CONSTRAINT "backups_place_length" CHECK (length("backups"."place") <= 1000),
	CONSTRAINT "backups_failure_length" CHECK (length("backups"."failure") <= 100)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "backups_night_uq" ON "backups" USING btree ("night_date");--> statement-breakpoint
CREATE INDEX "backups_state_ix" ON "backups" USING btree ("state","started_at");