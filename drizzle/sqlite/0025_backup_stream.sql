-- compatible: the version before may start on this schema
CREATE TABLE `backup_streams` (
	`number` integer PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`place` text,
	`base_at` integer,
	`stored_at` integer,
	`failed_at` integer,
	`failure` text,
	CONSTRAINT "backup_streams_host_length" CHECK(length("backup_streams"."host") <= 255),
	CONSTRAINT "backup_streams_place_length" CHECK(length("backup_streams"."place") <= 1000),
	CONSTRAINT "backup_streams_failure_length" CHECK(length("backup_streams"."failure") <= 100)
);
