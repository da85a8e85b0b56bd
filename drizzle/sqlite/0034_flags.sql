-- compatible: the version before may start on this schema
CREATE TABLE `flags` (
	`key` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`mode` text NOT NULL,
	`percent` integer NOT NULL,
	`people` text NOT NULL,
	`roles` text NOT NULL,
	`schools` text NOT NULL,
	`includes_owners` integer NOT NULL,
	`from_at` integer,
	`full_since` integer,
	`changed_at` integer NOT NULL,
	`changed_by` text,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "flags_key_length" CHECK(length("flags"."key") <= 36),
	CONSTRAINT "flags_mode_known" CHECK("flags"."mode" in ('default', 'rules', 'off')),
	CONSTRAINT "flags_percent_range" CHECK("flags"."percent" between 0 and 100)
);
