CREATE TABLE "presences" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"entity" text COLLATE "C" NOT NULL,
	"entity_id" text COLLATE "C" NOT NULL,
	"is_editing" boolean NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "presences_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "presences_entity_length" CHECK (length("presences"."entity") <= 40),
	CONSTRAINT "presences_entity_id_length" CHECK (length("presences"."entity_id") <= 36)
);
--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "presences_record_ix" ON "presences" USING btree ("school_id","entity","entity_id");