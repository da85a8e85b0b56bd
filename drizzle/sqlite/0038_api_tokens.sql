-- compatible: the version before may start on this schema
CREATE TABLE `api_tokens` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`membership_id` text NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`scopes` text NOT NULL,
	`made_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`last_used_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`membership_id`) REFERENCES `memberships`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "api_tokens_name_length" CHECK(length("api_tokens"."name") <= 100),
	CONSTRAINT "api_tokens_token_hash_length" CHECK(length("api_tokens"."token_hash") <= 64)
);--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_token_uq` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `api_tokens_membership_ix` ON `api_tokens` (`school_id`,`membership_id`);--> statement-breakpoint
ALTER TABLE `operations` DROP CONSTRAINT "operations_way_known";--> statement-breakpoint
ALTER TABLE `operations` ADD CONSTRAINT "operations_way_known" CHECK(("operations"."way" in ('screen', 'import', 'cli', 'api')) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE `register_journal` DROP CONSTRAINT "register_journal_way_known";--> statement-breakpoint
ALTER TABLE `register_journal` ADD CONSTRAINT "register_journal_way_known" CHECK(("register_journal"."way" in ('screen', 'import', 'cli', 'api')) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE `users` ADD `is_service` integer DEFAULT false NOT NULL;