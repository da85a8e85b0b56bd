-- compatible: the version before may start on this schema
ALTER TABLE "students" ADD COLUMN "sex" text;--> statement-breakpoint
ALTER TABLE "students" ADD COLUMN "home_language" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "students" ADD COLUMN "previous_school" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "students" ADD COLUMN "medical_note" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_sex_known" CHECK ("students"."sex" in ('female', 'male', 'other', 'unspecified')) NOT VALID;--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_home_language_length" CHECK (length("students"."home_language") <= 100) NOT VALID;--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_previous_school_length" CHECK (length("students"."previous_school") <= 200) NOT VALID;--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_medical_note_length" CHECK (length("students"."medical_note") <= 5000) NOT VALID;--> statement-breakpoint
ALTER TABLE "students" VALIDATE CONSTRAINT "students_sex_known";--> statement-breakpoint
ALTER TABLE "students" VALIDATE CONSTRAINT "students_home_language_length";--> statement-breakpoint
ALTER TABLE "students" VALIDATE CONSTRAINT "students_previous_school_length";--> statement-breakpoint
ALTER TABLE "students" VALIDATE CONSTRAINT "students_medical_note_length";