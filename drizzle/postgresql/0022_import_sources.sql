-- compatible: the version before may start on this schema
CREATE TABLE "import_sources" (
	"source" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"sentence" text COLLATE "C",
	"found" jsonb,
	"last_success_at" timestamp (3) with time zone,
	"done" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"folder" text COLLATE "C",
	CONSTRAINT "import_sources_source_length" CHECK (length("import_sources"."source") <= 255),
	CONSTRAINT "import_sources_name_length" CHECK (length("import_sources"."name") <= 255),
	CONSTRAINT "import_sources_outcome_known" CHECK ("import_sources"."outcome" in ('done', 'failed')),
	CONSTRAINT "import_sources_reason_known" CHECK ("import_sources"."reason" in ('rejected', 'shrunk', 'refused', 'held', 'brokeOff', 'internal')),
	CONSTRAINT "import_sources_sentence_length" CHECK (length("import_sources"."sentence") <= 2000),
	CONSTRAINT "import_sources_folder_length" CHECK (length("import_sources"."folder") <= 4096)
);
