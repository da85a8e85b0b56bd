ALTER TABLE `guardians` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `instructors` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `operations` ADD `input_salt` text;--> statement-breakpoint
ALTER TABLE `students` ADD `erased_at` integer;