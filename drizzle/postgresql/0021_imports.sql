-- compatible: the version before may start on this schema
CREATE TABLE "import_pieces" (
	"school_id" integer NOT NULL,
	"import_id" uuid NOT NULL,
	"shelf" text COLLATE "C" NOT NULL,
	"number" integer NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	CONSTRAINT "import_pieces_pk" PRIMARY KEY("school_id","import_id","shelf","number"),
	CONSTRAINT "import_pieces_shelf_length" CHECK (length("import_pieces"."shelf") <= 100),
	CONSTRAINT "import_pieces_content_length" CHECK (length("import_pieces"."content") <= 4000000)
);
--> statement-breakpoint
CREATE TABLE "import_results" (
	"school_id" integer NOT NULL,
	"operation_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"totals" jsonb NOT NULL,
	"undone_by_id" uuid,
	CONSTRAINT "import_results_pk" PRIMARY KEY("school_id","operation_id"),
	CONSTRAINT "import_results_name_length" CHECK (length("import_results"."name") <= 255)
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"choices" jsonb NOT NULL,
	"report" jsonb,
	"progress" text COLLATE "C",
	"failure" text COLLATE "C",
	"is_canceled" boolean DEFAULT false NOT NULL,
	"lease_owner" uuid,
	"lease_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "imports_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "imports_name_length" CHECK (length("imports"."name") <= 255),
	CONSTRAINT "imports_state_known" CHECK ("imports"."state" in ('arriving', 'comparing', 'ready', 'applying', 'done', 'failed', 'canceled')),
	CONSTRAINT "imports_progress_length" CHECK (length("imports"."progress") <= 300),
	CONSTRAINT "imports_failure_length" CHECK (length("imports"."failure") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "import_pieces" ADD CONSTRAINT "import_pieces_import_fk" FOREIGN KEY ("school_id","import_id") REFERENCES "public"."imports"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_results" ADD CONSTRAINT "import_results_operation_fk" FOREIGN KEY ("school_id","operation_id") REFERENCES "public"."operations"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_state_ix" ON "imports" USING btree ("state","changed_at");