-- compatible: the version before may start on this schema
CREATE INDEX `students_archived_number_ix` ON `students` (`school_id`,`number`) WHERE "students"."archived_at" is not null;