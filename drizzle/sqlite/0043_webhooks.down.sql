-- It is refused where the journal tells of webhooks: nothing is taken out of a journal.
ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_known" CHECK(("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment', 'calendar', 'calendarDay', 'period', 'bellSchedule', 'bellTime')) IS NOT FALSE);--> statement-breakpoint
DROP TABLE "webhook_deliveries";--> statement-breakpoint
DROP TABLE "webhooks";
