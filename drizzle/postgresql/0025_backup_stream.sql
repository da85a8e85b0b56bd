-- compatible: the version before may start on this schema
CREATE TABLE "backup_streams" (
	"number" integer PRIMARY KEY NOT NULL,
	"host" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C",
	"base_at" timestamp (3) with time zone,
	"stored_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"failure" text COLLATE "C",
	CONSTRAINT "backup_streams_host_length" CHECK (length("backup_streams"."host") <= 255),
	CONSTRAINT "backup_streams_place_length" CHECK (length("backup_streams"."place") <= 1000),
	CONSTRAINT "backup_streams_failure_length" CHECK (length("backup_streams"."failure") <= 100)
);
