-- compatible: the version before may start on this schema
CREATE TABLE `import_counts` (
	`school_id` integer NOT NULL,
	`file` text NOT NULL,
	`rows` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `file`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_counts_file_length" CHECK(length("import_counts"."file") <= 40)
);
