-- It is refused where the journal tells of days at the school: nothing is taken out of a journal.
DROP TABLE `school_enrollments`;--> statement-breakpoint
ALTER TABLE `journal` DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE `journal` ADD CONSTRAINT "journal_entity_known" CHECK(("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView')) IS NOT FALSE);
