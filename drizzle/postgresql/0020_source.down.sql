DROP INDEX "schools_source_sourced_id_uq";--> statement-breakpoint
ALTER TABLE "schools" DROP CONSTRAINT "schools_source_length";--> statement-breakpoint
ALTER TABLE "schools" DROP COLUMN "source";--> statement-breakpoint
CREATE UNIQUE INDEX "schools_sourced_id_uq" ON "schools" USING btree ("sourced_id");
