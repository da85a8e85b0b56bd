-- compatible: the version before may start on this schema
ALTER TABLE `one_time_tokens` DROP CONSTRAINT "one_time_tokens_purpose_known";--> statement-breakpoint
ALTER TABLE `one_time_tokens` ADD COLUMN `school_id` integer;--> statement-breakpoint
ALTER TABLE `one_time_tokens` ADD COLUMN `made_by` text;--> statement-breakpoint
ALTER TABLE `one_time_tokens` ADD CONSTRAINT "one_time_tokens_purpose_known" CHECK(("one_time_tokens"."purpose" in ('setup', 'invitation', 'passwordReset', 'membership')) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE `one_time_tokens` ADD CONSTRAINT "one_time_tokens_school_fk" FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action;--> statement-breakpoint
ALTER TABLE `one_time_tokens` ADD CONSTRAINT "one_time_tokens_made_by_fk" FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action;--> statement-breakpoint
ALTER TABLE `memberships` ADD COLUMN `invited_name` text;--> statement-breakpoint
ALTER TABLE `memberships` ADD CONSTRAINT "memberships_invited_name_length" CHECK((length("memberships"."invited_name") <= 200) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE `users` ADD `password_chosen_at` integer;