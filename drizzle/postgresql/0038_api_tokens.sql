-- compatible: the version before may start on this schema
CREATE TABLE "api_tokens" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"scopes" jsonb NOT NULL,
	"made_by" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_tokens_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "api_tokens_name_length" CHECK (length("api_tokens"."name") <= 100),
	CONSTRAINT "api_tokens_token_hash_length" CHECK (length("api_tokens"."token_hash") <= 64)
);--> statement-breakpoint
ALTER TABLE "operations" DROP CONSTRAINT "operations_way_known";--> statement-breakpoint
ALTER TABLE "register_journal" DROP CONSTRAINT "register_journal_way_known";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_service" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_membership_fk" FOREIGN KEY ("school_id","membership_id") REFERENCES "public"."memberships"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_made_by_fk" FOREIGN KEY ("made_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_token_uq" ON "api_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "api_tokens_membership_ix" ON "api_tokens" USING btree ("school_id","membership_id");--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_way_known" CHECK ("operations"."way" in ('screen', 'import', 'cli', 'api')) NOT VALID;--> statement-breakpoint
ALTER TABLE "register_journal" ADD CONSTRAINT "register_journal_way_known" CHECK ("register_journal"."way" in ('screen', 'import', 'cli', 'api')) NOT VALID;--> statement-breakpoint
ALTER TABLE "operations" VALIDATE CONSTRAINT "operations_way_known";--> statement-breakpoint
ALTER TABLE "register_journal" VALIDATE CONSTRAINT "register_journal_way_known";