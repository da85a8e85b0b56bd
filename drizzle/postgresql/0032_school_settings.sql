-- compatible: the version before may start on this schema
ALTER TABLE "schools" ADD COLUMN "weekdays" text COLLATE "C" DEFAULT '12345' NOT NULL;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "grade_levels" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "student_number_pattern" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "student_number_from" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "student_number_last" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "idle_minutes" integer;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "session_hours" integer;--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "year_begins" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "year_ends" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "usual_terms" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_weekdays_length" CHECK (length("schools"."weekdays") <= 7) NOT VALID;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_student_number_pattern_length" CHECK (length("schools"."student_number_pattern") <= 50) NOT VALID;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_year_begins_length" CHECK (length("schools"."year_begins") <= 5) NOT VALID;--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_year_ends_length" CHECK (length("schools"."year_ends") <= 5) NOT VALID;--> statement-breakpoint
ALTER TABLE "schools" VALIDATE CONSTRAINT "schools_weekdays_length";--> statement-breakpoint
ALTER TABLE "schools" VALIDATE CONSTRAINT "schools_student_number_pattern_length";--> statement-breakpoint
ALTER TABLE "schools" VALIDATE CONSTRAINT "schools_year_begins_length";--> statement-breakpoint
ALTER TABLE "schools" VALIDATE CONSTRAINT "schools_year_ends_length";