-- compatible: the version before may start on this schema
ALTER TABLE `schools` ADD COLUMN `student_numbers_given` text DEFAULT '[]' NOT NULL;