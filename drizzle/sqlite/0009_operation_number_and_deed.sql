-- compatible: the version before may start on this schema
ALTER TABLE `operations` ADD COLUMN `number` integer;--> statement-breakpoint
ALTER TABLE `operations` ADD COLUMN `deed` text;--> statement-breakpoint
ALTER TABLE `operations` ADD COLUMN `about` text;--> statement-breakpoint
ALTER TABLE `operations` ADD COLUMN `is_of_one` integer;--> statement-breakpoint
ALTER TABLE `operations` ADD CONSTRAINT "operations_deed_known" CHECK(("operations"."deed" in ('add', 'change', 'archive', 'restore', 'enroll', 'withdraw', 'complete', 'reinstate', 'merge', 'erase', 'undo', 'import')) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE `operations` ADD CONSTRAINT "operations_about_length" CHECK((length("operations"."about") <= 40) IS NOT FALSE);--> statement-breakpoint
CREATE INDEX `operations_number_ix` ON `operations` (`school_id`,`number`);--> statement-breakpoint
CREATE INDEX `operations_deed_ix` ON `operations` (`school_id`,`deed`,`number`);