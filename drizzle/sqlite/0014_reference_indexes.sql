-- compatible: the version before may start on this schema
DROP INDEX `students_program_ix`;--> statement-breakpoint
CREATE INDEX `students_merged_into_ix` ON `students` (`school_id`,`merged_into_id`) WHERE "students"."merged_into_id" is not null;--> statement-breakpoint
CREATE INDEX `students_program_ix` ON `students` (`school_id`,`program_id`,`archived_at`);--> statement-breakpoint
CREATE INDEX `class_instructors_class_ix` ON `class_instructors` (`school_id`,`class_id`);--> statement-breakpoint
CREATE INDEX `classes_room_ix` ON `classes` (`school_id`,`room_id`,`archived_at`);--> statement-breakpoint
CREATE INDEX `courses_department_ix` ON `courses` (`school_id`,`department_id`,`archived_at`);--> statement-breakpoint
CREATE INDEX `programs_department_ix` ON `programs` (`school_id`,`department_id`,`archived_at`);--> statement-breakpoint
CREATE INDEX `student_guardians_student_ix` ON `student_guardians` (`school_id`,`student_id`);--> statement-breakpoint
CREATE INDEX `instructors_department_ix` ON `instructors` (`school_id`,`department_id`,`archived_at`);--> statement-breakpoint
CREATE INDEX `operations_actor_ix` ON `operations` (`school_id`,`actor_id`,`number`);--> statement-breakpoint
CREATE INDEX `student_addresses_student_ix` ON `student_addresses` (`school_id`,`student_id`);