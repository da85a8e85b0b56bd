-- compatible: the version before may start on this schema
CREATE TABLE "bell_schedules" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "bell_schedules_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "bell_schedules_name_length" CHECK (length("bell_schedules"."name") <= 100)
);--> statement-breakpoint
CREATE TABLE "bell_times" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"bell_schedule_id" uuid NOT NULL,
	"period_id" uuid NOT NULL,
	"start_time" text COLLATE "C" NOT NULL,
	"end_time" text COLLATE "C" NOT NULL,
	"counts_minutes" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "bell_times_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "bell_times_order" CHECK ("bell_times"."start_time" < "bell_times"."end_time")
);--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"date" date NOT NULL,
	"kind" text NOT NULL,
	"cycle_day" integer,
	"bell_schedule_id" uuid,
	"membership" numeric(4, 3) NOT NULL,
	"note" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "calendar_days_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "calendar_days_kind_known" CHECK ("calendar_days"."kind" in ('instruction', 'makeUp', 'lateOrEarly', 'teacherOnly', 'holiday', 'weather', 'emergency', 'closed')),
	CONSTRAINT "calendar_days_note_length" CHECK (length("calendar_days"."note") <= 500),
	CONSTRAINT "calendar_days_cycle_day_positive" CHECK ("calendar_days"."cycle_day" >= 1),
	CONSTRAINT "calendar_days_membership_positive" CHECK ("calendar_days"."membership" >= 0)
);--> statement-breakpoint
CREATE TABLE "calendars" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"cycle_length" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "calendars_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "calendars_name_length" CHECK (length("calendars"."name") <= 200),
	CONSTRAINT "calendars_cycle_length_possible" CHECK ("calendars"."cycle_length" between 2 and 30)
);--> statement-breakpoint
CREATE TABLE "periods" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"position" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "periods_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "periods_code_length" CHECK (length("periods"."code") <= 20),
	CONSTRAINT "periods_name_length" CHECK (length("periods"."name") <= 100)
);--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "period_id" uuid;--> statement-breakpoint
ALTER TABLE "bell_schedules" ADD CONSTRAINT "bell_schedules_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_times" ADD CONSTRAINT "bell_times_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_times" ADD CONSTRAINT "bell_times_schedule_fk" FOREIGN KEY ("school_id","bell_schedule_id") REFERENCES "public"."bell_schedules"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_times" ADD CONSTRAINT "bell_times_period_fk" FOREIGN KEY ("school_id","period_id") REFERENCES "public"."periods"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_calendar_fk" FOREIGN KEY ("school_id","calendar_id") REFERENCES "public"."calendars"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_bell_schedule_fk" FOREIGN KEY ("school_id","bell_schedule_id") REFERENCES "public"."bell_schedules"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendars" ADD CONSTRAINT "calendars_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "periods" ADD CONSTRAINT "periods_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bell_schedules_name_uq" ON "bell_schedules" USING btree ("school_id","name") WHERE "bell_schedules"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bell_times_uq" ON "bell_times" USING btree ("school_id","bell_schedule_id","period_id") WHERE "bell_times"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "bell_times_period_ix" ON "bell_times" USING btree ("school_id","period_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_days_uq" ON "calendar_days" USING btree ("school_id","calendar_id","date") WHERE "calendar_days"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "calendar_days_bell_schedule_ix" ON "calendar_days" USING btree ("school_id","bell_schedule_id");--> statement-breakpoint
CREATE UNIQUE INDEX "periods_code_uq" ON "periods" USING btree ("school_id","code") WHERE "periods"."archived_at" is null;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_period_fk" FOREIGN KEY ("school_id","period_id") REFERENCES "public"."periods"("school_id","id") ON DELETE no action ON UPDATE no action NOT VALID;--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_known" CHECK ("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment', 'calendar', 'calendarDay', 'period', 'bellSchedule', 'bellTime')) NOT VALID;--> statement-breakpoint
ALTER TABLE "meetings" VALIDATE CONSTRAINT "meetings_period_fk";--> statement-breakpoint
ALTER TABLE "journal" VALIDATE CONSTRAINT "journal_entity_known";