-- compatible: the version before may start on this schema
ALTER TABLE "calendar_days" ADD COLUMN "cycle_length" integer;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_cycle_length_possible" CHECK ("calendar_days"."cycle_length" between 2 and 30) NOT VALID;--> statement-breakpoint
ALTER TABLE "calendar_days" VALIDATE CONSTRAINT "calendar_days_cycle_length_possible";