-- compatible: the version before may start on this schema
CREATE TABLE `import_sources` (
	`source` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`sentence` text,
	`found` text,
	`last_success_at` integer,
	`done` integer NOT NULL,
	`failed` integer NOT NULL,
	`folder` text,
	CONSTRAINT "import_sources_source_length" CHECK(length("import_sources"."source") <= 255),
	CONSTRAINT "import_sources_name_length" CHECK(length("import_sources"."name") <= 255),
	CONSTRAINT "import_sources_outcome_known" CHECK("import_sources"."outcome" in ('done', 'failed')),
	CONSTRAINT "import_sources_reason_known" CHECK("import_sources"."reason" in ('rejected', 'shrunk', 'refused', 'held', 'brokeOff', 'internal')),
	CONSTRAINT "import_sources_sentence_length" CHECK(length("import_sources"."sentence") <= 2000),
	CONSTRAINT "import_sources_folder_length" CHECK(length("import_sources"."folder") <= 4096)
);
