-- compatible: the version before may start on this schema
CREATE TABLE "school_enrollments" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"grade_level" text COLLATE "C",
	"begin_date" date NOT NULL,
	"end_date" date,
	"entry_type" text,
	"exit_type" text,
	"destination" text COLLATE "C",
	"fte" numeric(4, 3) NOT NULL,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "school_enrollments_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "school_enrollments_grade_level_length" CHECK (length("school_enrollments"."grade_level") <= 50),
	CONSTRAINT "school_enrollments_entry_type_known" CHECK ("school_enrollments"."entry_type" in ('new', 'transfer', 'reentry', 'nextYear', 'other')),
	CONSTRAINT "school_enrollments_exit_type_known" CHECK ("school_enrollments"."exit_type" in ('endOfYear', 'graduated', 'completed', 'transferred', 'withdrawn', 'dropout', 'expelled', 'noShow', 'invalid', 'died', 'other')),
	CONSTRAINT "school_enrollments_destination_length" CHECK (length("school_enrollments"."destination") <= 200),
	CONSTRAINT "school_enrollments_sourced_id_length" CHECK (length("school_enrollments"."sourced_id") <= 255),
	CONSTRAINT "school_enrollments_dates_order" CHECK ("school_enrollments"."begin_date" <= "school_enrollments"."end_date"),
	CONSTRAINT "school_enrollments_fte_positive" CHECK ("school_enrollments"."fte" >= 0)
);--> statement-breakpoint
ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE "school_enrollments" ADD CONSTRAINT "school_enrollments_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "school_enrollments" ADD CONSTRAINT "school_enrollments_student_fk" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "school_enrollments_sourced_id_uq" ON "school_enrollments" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "school_enrollments_begin_uq" ON "school_enrollments" USING btree ("school_id","student_id","begin_date") WHERE "school_enrollments"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "school_enrollments_student_ix" ON "school_enrollments" USING btree ("school_id","student_id","begin_date");--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_known" CHECK ("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment')) NOT VALID;--> statement-breakpoint
ALTER TABLE "journal" VALIDATE CONSTRAINT "journal_entity_known";