-- compatible: the version before may start on this schema
CREATE TABLE `deprecated_uses` (
	`token_id` text NOT NULL,
	`name` text NOT NULL,
	`sunset` text NOT NULL,
	`uses` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`token_id`, `name`),
	CONSTRAINT "deprecated_uses_name_length" CHECK(length("deprecated_uses"."name") <= 200)
);
--> statement-breakpoint
CREATE INDEX `deprecated_uses_at_ix` ON `deprecated_uses` (`last_at`);