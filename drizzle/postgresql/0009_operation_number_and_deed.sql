-- compatible: the version before may start on this schema
ALTER TABLE "operations" ADD COLUMN "number" bigint;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "deed" text;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "about" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "is_of_one" boolean;--> statement-breakpoint
CREATE INDEX "operations_number_ix" ON "operations" USING btree ("school_id","number");--> statement-breakpoint
CREATE INDEX "operations_deed_ix" ON "operations" USING btree ("school_id","deed","number");--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_deed_known" CHECK ("operations"."deed" in ('add', 'change', 'archive', 'restore', 'enroll', 'withdraw', 'complete', 'reinstate', 'merge', 'erase', 'undo', 'import')) NOT VALID;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_about_length" CHECK (length("operations"."about") <= 40) NOT VALID;--> statement-breakpoint
ALTER TABLE "operations" VALIDATE CONSTRAINT "operations_deed_known";--> statement-breakpoint
ALTER TABLE "operations" VALIDATE CONSTRAINT "operations_about_length";