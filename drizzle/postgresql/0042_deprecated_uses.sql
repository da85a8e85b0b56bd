-- compatible: the version before may start on this schema
CREATE TABLE "deprecated_uses" (
	"token_id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"sunset" date NOT NULL,
	"uses" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deprecated_uses_pk" PRIMARY KEY("token_id","name"),
	CONSTRAINT "deprecated_uses_name_length" CHECK (length("deprecated_uses"."name") <= 200)
);
--> statement-breakpoint
CREATE INDEX "deprecated_uses_at_ix" ON "deprecated_uses" USING btree ("last_at");