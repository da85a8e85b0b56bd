ALTER TABLE "students" DROP CONSTRAINT "students_number_order_length";--> statement-breakpoint
ALTER TABLE "students" DROP COLUMN "number_order";
