PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_saved_views` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`place` text NOT NULL,
	`name` text NOT NULL,
	`search` text NOT NULL,
	`is_shared` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "saved_views_place_known" CHECK("__new_saved_views"."place" in ('students', 'classes', 'instructors', 'courses', 'guardians', 'programs', 'departments', 'rooms', 'terms')),
	CONSTRAINT "saved_views_name_length" CHECK(length("__new_saved_views"."name") <= 100),
	CONSTRAINT "saved_views_search_length" CHECK(length("__new_saved_views"."search") <= 2000)
);
--> statement-breakpoint
INSERT INTO `__new_saved_views`("school_id", "id", "user_id", "place", "name", "search", "is_shared", "version", "archived_at") SELECT "school_id", "id", "user_id", "place", "name", "search", "is_shared", "version", "archived_at" FROM `saved_views`;--> statement-breakpoint
DROP TABLE `saved_views`;--> statement-breakpoint
ALTER TABLE `__new_saved_views` RENAME TO `saved_views`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `saved_views_place_ix` ON `saved_views` (`school_id`,`place`);