CREATE TABLE "guardians" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"given_name" text COLLATE "C" NOT NULL,
	"middle_name" text COLLATE "C",
	"family_name" text COLLATE "C" NOT NULL,
	"preferred_name" text COLLATE "C",
	"sort_name" text COLLATE "C" NOT NULL,
	"search_text" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C",
	"phone" text COLLATE "C",
	"other_phone" text COLLATE "C",
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "guardians_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "guardians_given_name_length" CHECK (length("guardians"."given_name") <= 100),
	CONSTRAINT "guardians_middle_name_length" CHECK (length("guardians"."middle_name") <= 100),
	CONSTRAINT "guardians_family_name_length" CHECK (length("guardians"."family_name") <= 100),
	CONSTRAINT "guardians_preferred_name_length" CHECK (length("guardians"."preferred_name") <= 100),
	CONSTRAINT "guardians_sort_name_length" CHECK (length("guardians"."sort_name") <= 500),
	CONSTRAINT "guardians_search_text_length" CHECK (length("guardians"."search_text") <= 1500),
	CONSTRAINT "guardians_email_length" CHECK (length("guardians"."email") <= 320),
	CONSTRAINT "guardians_phone_length" CHECK (length("guardians"."phone") <= 50),
	CONSTRAINT "guardians_other_phone_length" CHECK (length("guardians"."other_phone") <= 50),
	CONSTRAINT "guardians_sourced_id_length" CHECK (length("guardians"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE TABLE "student_guardians" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"guardian_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"priority" integer NOT NULL,
	"has_custody" boolean NOT NULL,
	"may_pick_up" boolean NOT NULL,
	"lives_with" boolean NOT NULL,
	"is_barred" boolean DEFAULT false NOT NULL,
	"note" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "student_guardians_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "student_guardians_relation_known" CHECK ("student_guardians"."relation" in ('mother', 'father', 'parent', 'stepparent', 'fosterParent', 'grandparent', 'relative', 'guardian', 'caseworker', 'other')),
	CONSTRAINT "student_guardians_note_length" CHECK (length("student_guardians"."note") <= 500),
	CONSTRAINT "student_guardians_priority_positive" CHECK ("student_guardians"."priority" >= 1)
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"place" text NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"search" text COLLATE "C" NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "saved_views_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "saved_views_place_known" CHECK ("saved_views"."place" in ('students', 'classes', 'instructors', 'courses', 'guardians')),
	CONSTRAINT "saved_views_name_length" CHECK (length("saved_views"."name") <= 100),
	CONSTRAINT "saved_views_search_length" CHECK (length("saved_views"."search") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "student_alerts" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "student_alerts_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "student_alerts_kind_known" CHECK ("student_alerts"."kind" in ('medical', 'custody', 'safety', 'other')),
	CONSTRAINT "student_alerts_text_length" CHECK (length("student_alerts"."text") <= 500)
);
--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE "journal" ALTER COLUMN "entity" SET DATA TYPE text COLLATE "C";--> statement-breakpoint
ALTER TABLE "enrollments" ADD COLUMN "waitlist_position" integer;--> statement-breakpoint
ALTER TABLE "enrollments" ADD COLUMN "withdrawal_reason" text;--> statement-breakpoint
ALTER TABLE "enrollments" ADD COLUMN "note" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "override_reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "students" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_agent" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "guardians" ADD CONSTRAINT "guardians_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_guardians" ADD CONSTRAINT "student_guardians_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_guardians" ADD CONSTRAINT "student_guardians_student_fk" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_guardians" ADD CONSTRAINT "student_guardians_guardian_fk" FOREIGN KEY ("school_id","guardian_id") REFERENCES "public"."guardians"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_alerts" ADD CONSTRAINT "student_alerts_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_alerts" ADD CONSTRAINT "student_alerts_student_fk" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "guardians_sourced_id_uq" ON "guardians" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE INDEX "guardians_sort_ix" ON "guardians" USING btree ("school_id","sort_name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "student_guardians_uq" ON "student_guardians" USING btree ("school_id","student_id","guardian_id") WHERE "student_guardians"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "student_guardians_guardian_ix" ON "student_guardians" USING btree ("school_id","guardian_id","student_id");--> statement-breakpoint
CREATE INDEX "saved_views_place_ix" ON "saved_views" USING btree ("school_id","place");--> statement-breakpoint
CREATE INDEX "student_alerts_student_ix" ON "student_alerts" USING btree ("school_id","student_id");--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_merged_into_fk" FOREIGN KEY ("school_id","merged_into_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "enrollments_waitlist_uq" ON "enrollments" USING btree ("school_id","class_id","waitlist_position");--> statement-breakpoint
CREATE INDEX "enrollments_seats_ix" ON "enrollments" USING btree ("school_id","class_id","student_id","end_date") WHERE "enrollments"."status" = 'enrolled' and "enrollments"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "operations_at_ix" ON "operations" USING btree ("school_id","at");--> statement-breakpoint
CREATE INDEX "meetings_weekday_ix" ON "meetings" USING btree ("school_id","weekday","start_time");--> statement-breakpoint
CREATE INDEX "students_same_ix" ON "students" USING btree ("school_id","sort_name","birth_date") WHERE "students"."archived_at" is null;--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_withdrawal_reason_known" CHECK ("enrollments"."withdrawal_reason" in ('scheduleChange', 'moved', 'transferred', 'graduated', 'mistake', 'other'));--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_note_length" CHECK (length("enrollments"."note") <= 500);--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_waitlist_place" CHECK (("enrollments"."status" = 'waitlisted') or ("enrollments"."waitlist_position" is null));--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_length" CHECK (length("journal"."entity") <= 40);--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_override_reason_length" CHECK (length("meetings"."override_reason") <= 500);--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_agent_length" CHECK (length("sessions"."user_agent") <= 300);