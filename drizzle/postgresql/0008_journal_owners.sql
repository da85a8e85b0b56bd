-- compatible: the version before may start on this schema
CREATE TABLE "journal_owners" (
	"school_id" integer NOT NULL,
	"entity" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	CONSTRAINT "journal_owners_pk" PRIMARY KEY("school_id","entity","id","number"),
	CONSTRAINT "journal_owners_entity_length" CHECK (length("journal_owners"."entity") <= 40),
	CONSTRAINT "journal_owners_id_length" CHECK (length("journal_owners"."id") <= 36)
);
--> statement-breakpoint
CREATE INDEX "journal_owners_number_ix" ON "journal_owners" USING btree ("school_id","number");