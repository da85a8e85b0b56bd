-- compatible: the version before may start on this schema
DROP INDEX `journal_owners_number_ix`;--> statement-breakpoint
CREATE INDEX `journal_owners_number_ix` ON `journal_owners` (`school_id`,`number`,`entity`,`id`);