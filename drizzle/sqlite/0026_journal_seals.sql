-- compatible: the version before may start on this schema
CREATE TABLE `journal_seals` (
	`school_id` integer NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	`former_id` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `number`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "journal_seals_hash_length" CHECK(length("journal_seals"."hash") <= 64)
);
