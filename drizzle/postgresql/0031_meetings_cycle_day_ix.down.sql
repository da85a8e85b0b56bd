DROP INDEX "meetings_period_ix";--> statement-breakpoint
DROP INDEX "meetings_cycle_day_ix";
