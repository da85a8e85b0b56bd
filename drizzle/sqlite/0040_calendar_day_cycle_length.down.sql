ALTER TABLE "calendar_days" DROP CONSTRAINT "calendar_days_cycle_length_possible";--> statement-breakpoint
ALTER TABLE "calendar_days" DROP COLUMN "cycle_length";
