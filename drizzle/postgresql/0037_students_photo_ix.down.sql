DROP INDEX "students_photo_ix";
