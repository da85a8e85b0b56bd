-- compatible: the version before may start on this schema
ALTER TABLE `students` ADD COLUMN `number_order` text;--> statement-breakpoint
ALTER TABLE `students` ADD CONSTRAINT "students_number_order_length" CHECK((length("students"."number_order") <= 100) IS NOT FALSE);