-- compatible: the version before may start on this schema
ALTER TABLE "students" ADD COLUMN "number_order" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_number_order_length" CHECK (length("students"."number_order") <= 100) NOT VALID;--> statement-breakpoint
ALTER TABLE "students" VALIDATE CONSTRAINT "students_number_order_length";