-- compatible: the version before may start on this schema
CREATE TABLE `journal_owners` (
	`school_id` integer NOT NULL,
	`entity` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`school_id`, `entity`, `id`, `number`),
	CONSTRAINT "journal_owners_entity_length" CHECK(length("journal_owners"."entity") <= 40),
	CONSTRAINT "journal_owners_id_length" CHECK(length("journal_owners"."id") <= 36)
);
--> statement-breakpoint
CREATE INDEX `journal_owners_number_ix` ON `journal_owners` (`school_id`,`number`);