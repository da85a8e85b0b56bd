CREATE TABLE `presences` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`is_editing` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "presences_entity_length" CHECK(length("presences"."entity") <= 40),
	CONSTRAINT "presences_entity_id_length" CHECK(length("presences"."entity_id") <= 36)
);
--> statement-breakpoint
CREATE INDEX `presences_record_ix` ON `presences` (`school_id`,`entity`,`entity_id`);