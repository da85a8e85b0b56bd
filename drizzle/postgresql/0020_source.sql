-- compatible: the version before may start on this schema
DROP INDEX "schools_sourced_id_uq";--> statement-breakpoint
ALTER TABLE "schools" ADD COLUMN "source" text COLLATE "C";--> statement-breakpoint
CREATE UNIQUE INDEX "schools_source_sourced_id_uq" ON "schools" USING btree ("source","sourced_id");--> statement-breakpoint
ALTER TABLE "schools" ADD CONSTRAINT "schools_source_length" CHECK (length("schools"."source") <= 255) NOT VALID;--> statement-breakpoint
ALTER TABLE "schools" VALIDATE CONSTRAINT "schools_source_length";