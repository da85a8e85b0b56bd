-- compatible: the version before may start on this schema
CREATE TABLE "journal_seals" (
	"school_id" integer NOT NULL,
	"number" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"former_id" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "journal_seals_pk" PRIMARY KEY("school_id","number"),
	CONSTRAINT "journal_seals_hash_length" CHECK (length("journal_seals"."hash") <= 64)
);
--> statement-breakpoint
ALTER TABLE "journal_seals" ADD CONSTRAINT "journal_seals_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;