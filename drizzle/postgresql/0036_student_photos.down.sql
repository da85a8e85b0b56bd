ALTER TABLE "students" DROP CONSTRAINT "students_photo_length";--> statement-breakpoint
ALTER TABLE "students" DROP COLUMN "photo";--> statement-breakpoint
DROP TABLE "student_photos";
