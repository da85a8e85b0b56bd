-- compatible: the version before may start on this schema
CREATE TABLE "webhook_deliveries" (
	"school_id" integer NOT NULL,
	"webhook_id" uuid NOT NULL,
	"secret" text COLLATE "C" NOT NULL,
	"former_secret" text COLLATE "C",
	"former_until" timestamp (3) with time zone,
	"sent_from" text COLLATE "C" NOT NULL,
	"position" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone,
	"last_at" timestamp (3) with time zone,
	"last_status" integer,
	"last_problem" text COLLATE "C",
	"lease_owner" uuid,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "webhook_deliveries_pk" PRIMARY KEY("school_id","webhook_id"),
	CONSTRAINT "webhook_deliveries_secret_length" CHECK (length("webhook_deliveries"."secret") <= 100),
	CONSTRAINT "webhook_deliveries_former_secret_length" CHECK (length("webhook_deliveries"."former_secret") <= 100),
	CONSTRAINT "webhook_deliveries_sent_from_length" CHECK (length("webhook_deliveries"."sent_from") <= 2000),
	CONSTRAINT "webhook_deliveries_last_problem_length" CHECK (length("webhook_deliveries"."last_problem") <= 40)
);--> statement-breakpoint
CREATE TABLE "webhooks" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"url" text COLLATE "C" NOT NULL,
	"entities" jsonb NOT NULL,
	"state" text NOT NULL,
	"disabled_because" text,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "webhooks_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "webhooks_name_length" CHECK (length("webhooks"."name") <= 100),
	CONSTRAINT "webhooks_url_length" CHECK (length("webhooks"."url") <= 2000),
	CONSTRAINT "webhooks_state_known" CHECK ("webhooks"."state" in ('on', 'paused', 'disabled')),
	CONSTRAINT "webhooks_disabled_because_known" CHECK ("webhooks"."disabled_because" in ('failing', 'gone'))
);--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_fk" FOREIGN KEY ("school_id","webhook_id") REFERENCES "public"."webhooks"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_next_ix" ON "webhook_deliveries" USING btree ("next_at");--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_known" CHECK ("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment', 'calendar', 'calendarDay', 'period', 'bellSchedule', 'bellTime', 'webhook')) NOT VALID;--> statement-breakpoint
ALTER TABLE "journal" VALIDATE CONSTRAINT "journal_entity_known";