-- compatible: the version before may start on this schema
CREATE TABLE "import_counts" (
	"school_id" integer NOT NULL,
	"file" text COLLATE "C" NOT NULL,
	"rows" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "import_counts_pk" PRIMARY KEY("school_id","file"),
	CONSTRAINT "import_counts_file_length" CHECK (length("import_counts"."file") <= 40)
);
--> statement-breakpoint
ALTER TABLE "import_counts" ADD CONSTRAINT "import_counts_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;