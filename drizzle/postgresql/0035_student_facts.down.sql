ALTER TABLE "students" DROP CONSTRAINT "students_medical_note_length";--> statement-breakpoint
ALTER TABLE "students" DROP CONSTRAINT "students_previous_school_length";--> statement-breakpoint
ALTER TABLE "students" DROP CONSTRAINT "students_home_language_length";--> statement-breakpoint
ALTER TABLE "students" DROP CONSTRAINT "students_sex_known";--> statement-breakpoint
ALTER TABLE "students" DROP COLUMN "medical_note";--> statement-breakpoint
ALTER TABLE "students" DROP COLUMN "previous_school";--> statement-breakpoint
ALTER TABLE "students" DROP COLUMN "home_language";--> statement-breakpoint
ALTER TABLE "students" DROP COLUMN "sex";
