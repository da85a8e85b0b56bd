ALTER TABLE "journal" DROP CONSTRAINT "journal_entity_known";
--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_entity_known" CHECK ("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting', 'guardian', 'studentGuardian', 'studentAlert', 'savedView', 'schoolEnrollment'));
--> statement-breakpoint
ALTER TABLE "meetings" DROP CONSTRAINT "meetings_period_fk";
--> statement-breakpoint
ALTER TABLE "meetings" DROP COLUMN "period_id";
--> statement-breakpoint
DROP TABLE "calendar_days";
--> statement-breakpoint
DROP TABLE "bell_times";
--> statement-breakpoint
DROP TABLE "bell_schedules";
--> statement-breakpoint
DROP TABLE "periods";
--> statement-breakpoint
DROP TABLE "calendars";
