DROP INDEX "students_archived_number_ix";
