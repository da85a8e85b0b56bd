ALTER TABLE "schools" DROP COLUMN "student_numbers_given";
