-- compatible: the version before may start on this schema
CREATE TABLE "flags" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"mode" text NOT NULL,
	"percent" integer NOT NULL,
	"people" jsonb NOT NULL,
	"roles" jsonb NOT NULL,
	"schools" jsonb NOT NULL,
	"includes_owners" boolean NOT NULL,
	"from_at" timestamp (3) with time zone,
	"full_since" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" uuid,
	CONSTRAINT "flags_key_length" CHECK (length("flags"."key") <= 36),
	CONSTRAINT "flags_mode_known" CHECK ("flags"."mode" in ('default', 'rules', 'off')),
	CONSTRAINT "flags_percent_range" CHECK ("flags"."percent" between 0 and 100)
);
--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_changed_by_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;