-- compatible: the version before may start on this schema
CREATE TABLE `import_pieces` (
	`school_id` integer NOT NULL,
	`import_id` text NOT NULL,
	`shelf` text NOT NULL,
	`number` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`school_id`, `import_id`, `shelf`, `number`),
	FOREIGN KEY (`school_id`,`import_id`) REFERENCES `imports`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_pieces_shelf_length" CHECK(length("import_pieces"."shelf") <= 100),
	CONSTRAINT "import_pieces_content_length" CHECK(length("import_pieces"."content") <= 4000000)
);
--> statement-breakpoint
CREATE TABLE `import_results` (
	`school_id` integer NOT NULL,
	`operation_id` text NOT NULL,
	`name` text NOT NULL,
	`totals` text NOT NULL,
	`undone_by_id` text,
	PRIMARY KEY(`school_id`, `operation_id`),
	FOREIGN KEY (`school_id`,`operation_id`) REFERENCES `operations`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_results_name_length" CHECK(length("import_results"."name") <= 255)
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`choices` text NOT NULL,
	`report` text,
	`progress` text,
	`failure` text,
	`is_canceled` integer DEFAULT false NOT NULL,
	`lease_owner` text,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "imports_name_length" CHECK(length("imports"."name") <= 255),
	CONSTRAINT "imports_state_known" CHECK("imports"."state" in ('arriving', 'comparing', 'ready', 'applying', 'done', 'failed', 'canceled')),
	CONSTRAINT "imports_progress_length" CHECK(length("imports"."progress") <= 300),
	CONSTRAINT "imports_failure_length" CHECK(length("imports"."failure") <= 2000)
);
--> statement-breakpoint
CREATE INDEX `imports_state_ix` ON `imports` (`state`,`changed_at`);