ALTER TABLE "schools" DROP CONSTRAINT "schools_year_ends_length";--> statement-breakpoint
ALTER TABLE "schools" DROP CONSTRAINT "schools_year_begins_length";--> statement-breakpoint
ALTER TABLE "schools" DROP CONSTRAINT "schools_student_number_pattern_length";--> statement-breakpoint
ALTER TABLE "schools" DROP CONSTRAINT "schools_weekdays_length";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "usual_terms";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "year_ends";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "year_begins";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "session_hours";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "idle_minutes";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "student_number_last";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "student_number_from";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "student_number_pattern";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "grade_levels";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "weekdays";
