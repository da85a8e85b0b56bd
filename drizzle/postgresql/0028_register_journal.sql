-- compatible: the version before may start on this schema
CREATE TABLE "moves" (
	"number" integer PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"verb" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"started_by" uuid,
	"host" text COLLATE "C" NOT NULL,
	"pid" integer NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"target" text COLLATE "C" NOT NULL,
	"stop_asked_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"failure" text COLLATE "C",
	"found" jsonb NOT NULL,
	"rows" bigint,
	"took" bigint,
	CONSTRAINT "moves_verb_known" CHECK ("moves"."verb" in ('move', 'rehearse')),
	CONSTRAINT "moves_host_length" CHECK (length("moves"."host") <= 255),
	CONSTRAINT "moves_place_length" CHECK (length("moves"."place") <= 1000),
	CONSTRAINT "moves_target_length" CHECK (length("moves"."target") <= 1000),
	CONSTRAINT "moves_outcome_known" CHECK ("moves"."outcome" in ('done', 'failed', 'stopped')),
	CONSTRAINT "moves_failure_length" CHECK (length("moves"."failure") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "register_journal" (
	"number" bigint PRIMARY KEY NOT NULL,
	"operation_id" uuid NOT NULL,
	"actor_id" uuid,
	"way" text NOT NULL,
	"procedure" text COLLATE "C" NOT NULL,
	"input_hash" text COLLATE "C" NOT NULL,
	"input_salt" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entity" text COLLATE "C" NOT NULL,
	"entity_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"fields" jsonb NOT NULL,
	"values_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	CONSTRAINT "register_journal_way_known" CHECK ("register_journal"."way" in ('screen', 'import', 'cli')),
	CONSTRAINT "register_journal_procedure_length" CHECK (length("register_journal"."procedure") <= 100),
	CONSTRAINT "register_journal_input_hash_length" CHECK (length("register_journal"."input_hash") <= 64),
	CONSTRAINT "register_journal_entity_length" CHECK (length("register_journal"."entity") <= 40),
	CONSTRAINT "register_journal_entity_id_length" CHECK (length("register_journal"."entity_id") <= 36),
	CONSTRAINT "register_journal_values_hash_length" CHECK (length("register_journal"."values_hash") <= 64),
	CONSTRAINT "register_journal_hash_length" CHECK (length("register_journal"."hash") <= 64),
	CONSTRAINT "register_journal_salt_length" CHECK (length("register_journal"."salt") <= 32),
	CONSTRAINT "register_journal_content_length" CHECK (length("register_journal"."content") <= 10000)
);
--> statement-breakpoint
ALTER TABLE "moves" ADD CONSTRAINT "moves_started_by_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_journal" ADD CONSTRAINT "register_journal_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "register_journal_operation_uq" ON "register_journal" USING btree ("operation_id");