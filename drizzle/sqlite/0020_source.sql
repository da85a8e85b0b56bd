-- compatible: the version before may start on this schema
DROP INDEX `schools_sourced_id_uq`;--> statement-breakpoint
ALTER TABLE `schools` ADD COLUMN `source` text;--> statement-breakpoint
ALTER TABLE `schools` ADD CONSTRAINT "schools_source_length" CHECK((length("schools"."source") <= 255) IS NOT FALSE);--> statement-breakpoint
CREATE UNIQUE INDEX `schools_source_sourced_id_uq` ON `schools` (`source`,`sourced_id`);