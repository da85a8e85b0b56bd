CREATE TABLE "instances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text COLLATE "C" NOT NULL,
	"pid" integer NOT NULL,
	"version" text COLLATE "C" NOT NULL,
	"schema_min" integer NOT NULL,
	"schema_max" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"is_draining" boolean NOT NULL,
	CONSTRAINT "instances_host_length" CHECK (length("instances"."host") <= 255),
	CONSTRAINT "instances_version_length" CHECK (length("instances"."version") <= 100)
);
--> statement-breakpoint
CREATE TABLE "procedure_minutes" (
	"instance_id" uuid NOT NULL,
	"minute_at" timestamp (3) with time zone NOT NULL,
	"procedure" text COLLATE "C" NOT NULL,
	"calls" integer NOT NULL,
	"refused" integer NOT NULL,
	"failed" integer NOT NULL,
	"microseconds" bigint NOT NULL,
	"within1" integer NOT NULL,
	"within2" integer NOT NULL,
	"within5" integer NOT NULL,
	"within10" integer NOT NULL,
	"within20" integer NOT NULL,
	"within50" integer NOT NULL,
	"within100" integer NOT NULL,
	"within200" integer NOT NULL,
	"within500" integer NOT NULL,
	"within1000" integer NOT NULL,
	"within2000" integer NOT NULL,
	"within5000" integer NOT NULL,
	"longer" integer NOT NULL,
	CONSTRAINT "procedure_minutes_pk" PRIMARY KEY("instance_id","minute_at","procedure"),
	CONSTRAINT "procedure_minutes_procedure_length" CHECK (length("procedure_minutes"."procedure") <= 100)
);
--> statement-breakpoint
CREATE INDEX "procedure_minutes_at_ix" ON "procedure_minutes" USING btree ("minute_at");