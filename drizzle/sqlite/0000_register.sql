CREATE TABLE `academic_sessions` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`type` text NOT NULL,
	`start_date` text NOT NULL,
	`end_date` text NOT NULL,
	`school_year` integer,
	`parent_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`parent_id`) REFERENCES `academic_sessions`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "academic_sessions_title_length" CHECK(length("academic_sessions"."title") <= 200),
	CONSTRAINT "academic_sessions_type_known" CHECK("academic_sessions"."type" in ('schoolYear', 'semester', 'term', 'gradingPeriod')),
	CONSTRAINT "academic_sessions_sourced_id_length" CHECK(length("academic_sessions"."sourced_id") <= 255),
	CONSTRAINT "academic_sessions_dates_order" CHECK("academic_sessions"."start_date" <= "academic_sessions"."end_date"),
	CONSTRAINT "academic_sessions_parent_other" CHECK("academic_sessions"."parent_id" <> "academic_sessions"."id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `academic_sessions_sourced_id_uq` ON `academic_sessions` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE INDEX `academic_sessions_dates_ix` ON `academic_sessions` (`school_id`,`start_date`);--> statement-breakpoint
CREATE TABLE `class_instructors` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`instructor_id` text NOT NULL,
	`is_primary` integer DEFAULT false NOT NULL,
	`begin_date` text,
	`end_date` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `classes`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`instructor_id`) REFERENCES `instructors`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "class_instructors_sourced_id_length" CHECK(length("class_instructors"."sourced_id") <= 255),
	CONSTRAINT "class_instructors_dates_order" CHECK("class_instructors"."begin_date" <= "class_instructors"."end_date")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `class_instructors_sourced_id_uq` ON `class_instructors` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `class_instructors_uq` ON `class_instructors` (`school_id`,`class_id`,`instructor_id`,`begin_date`);--> statement-breakpoint
CREATE UNIQUE INDEX `class_instructors_primary_uq` ON `class_instructors` (`school_id`,`class_id`) WHERE "class_instructors"."is_primary" and "class_instructors"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `class_instructors_instructor_ix` ON `class_instructors` (`school_id`,`instructor_id`,`class_id`);--> statement-breakpoint
CREATE TABLE `class_terms` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`academic_session_id` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `classes`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`academic_session_id`) REFERENCES `academic_sessions`(`school_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `class_terms_uq` ON `class_terms` (`school_id`,`class_id`,`academic_session_id`);--> statement-breakpoint
CREATE INDEX `class_terms_academic_session_ix` ON `class_terms` (`school_id`,`academic_session_id`);--> statement-breakpoint
CREATE TABLE `classes` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`code` text,
	`title` text NOT NULL,
	`sort_name` text NOT NULL,
	`course_id` text,
	`capacity` integer,
	`room_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`course_id`) REFERENCES `courses`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`room_id`) REFERENCES `rooms`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "classes_code_length" CHECK(length("classes"."code") <= 100),
	CONSTRAINT "classes_title_length" CHECK(length("classes"."title") <= 200),
	CONSTRAINT "classes_sort_name_length" CHECK(length("classes"."sort_name") <= 500),
	CONSTRAINT "classes_sourced_id_length" CHECK(length("classes"."sourced_id") <= 255),
	CONSTRAINT "classes_capacity_positive" CHECK("classes"."capacity" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `classes_sourced_id_uq` ON `classes` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE INDEX `classes_sort_ix` ON `classes` (`school_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `classes_course_ix` ON `classes` (`school_id`,`course_id`);--> statement-breakpoint
CREATE TABLE `courses` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`code` text,
	`title` text NOT NULL,
	`credits` integer,
	`department_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`department_id`) REFERENCES `departments`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "courses_code_length" CHECK(length("courses"."code") <= 100),
	CONSTRAINT "courses_title_length" CHECK(length("courses"."title") <= 200),
	CONSTRAINT "courses_sourced_id_length" CHECK(length("courses"."sourced_id") <= 255),
	CONSTRAINT "courses_credits_positive" CHECK("courses"."credits" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `courses_sourced_id_uq` ON `courses` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `courses_code_uq` ON `courses` (`school_id`,`code`) WHERE "courses"."archived_at" is null;--> statement-breakpoint
CREATE TABLE `departments` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "departments_name_length" CHECK(length("departments"."name") <= 200),
	CONSTRAINT "departments_sourced_id_length" CHECK(length("departments"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `departments_sourced_id_uq` ON `departments` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `departments_name_uq` ON `departments` (`school_id`,`name`) WHERE "departments"."archived_at" is null;--> statement-breakpoint
CREATE TABLE `programs` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`department_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`department_id`) REFERENCES `departments`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "programs_name_length" CHECK(length("programs"."name") <= 200),
	CONSTRAINT "programs_type_known" CHECK("programs"."type" in ('bachelor', 'diploma', 'certificate', 'other')),
	CONSTRAINT "programs_sourced_id_length" CHECK(length("programs"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `programs_sourced_id_uq` ON `programs` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `programs_name_uq` ON `programs` (`school_id`,`name`) WHERE "programs"."archived_at" is null;--> statement-breakpoint
CREATE TABLE `enrollments` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`class_id` text NOT NULL,
	`begin_date` text,
	`end_date` text,
	`status` text NOT NULL,
	`grade` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `classes`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "enrollments_status_known" CHECK("enrollments"."status" in ('enrolled', 'waitlisted', 'withdrawn', 'completed')),
	CONSTRAINT "enrollments_grade_length" CHECK(length("enrollments"."grade") <= 20),
	CONSTRAINT "enrollments_sourced_id_length" CHECK(length("enrollments"."sourced_id") <= 255),
	CONSTRAINT "enrollments_dates_order" CHECK("enrollments"."begin_date" <= "enrollments"."end_date")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_sourced_id_uq` ON `enrollments` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_begin_uq` ON `enrollments` (`school_id`,`class_id`,`student_id`,`begin_date`);--> statement-breakpoint
CREATE INDEX `enrollments_student_ix` ON `enrollments` (`school_id`,`student_id`,`class_id`);--> statement-breakpoint
CREATE TABLE `instructors` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`given_name` text NOT NULL,
	`middle_name` text,
	`family_name` text NOT NULL,
	`preferred_name` text,
	`sort_name` text NOT NULL,
	`search_text` text NOT NULL,
	`email` text,
	`employment` text,
	`status` text DEFAULT 'active' NOT NULL,
	`department_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`department_id`) REFERENCES `departments`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "instructors_given_name_length" CHECK(length("instructors"."given_name") <= 100),
	CONSTRAINT "instructors_middle_name_length" CHECK(length("instructors"."middle_name") <= 100),
	CONSTRAINT "instructors_family_name_length" CHECK(length("instructors"."family_name") <= 100),
	CONSTRAINT "instructors_preferred_name_length" CHECK(length("instructors"."preferred_name") <= 100),
	CONSTRAINT "instructors_sort_name_length" CHECK(length("instructors"."sort_name") <= 500),
	CONSTRAINT "instructors_search_text_length" CHECK(length("instructors"."search_text") <= 1500),
	CONSTRAINT "instructors_email_length" CHECK(length("instructors"."email") <= 320),
	CONSTRAINT "instructors_employment_known" CHECK("instructors"."employment" in ('full-time', 'part-time', 'adjunct')),
	CONSTRAINT "instructors_status_known" CHECK("instructors"."status" in ('active', 'inactive')),
	CONSTRAINT "instructors_sourced_id_length" CHECK(length("instructors"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `instructors_sourced_id_uq` ON `instructors` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE INDEX `instructors_sort_ix` ON `instructors` (`school_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE TABLE `journal` (
	`school_id` integer NOT NULL,
	`number` integer NOT NULL,
	`operation_id` text NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`version` integer NOT NULL,
	`fields` text NOT NULL,
	`values_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`school_id`, `number`),
	FOREIGN KEY (`school_id`,`operation_id`) REFERENCES `operations`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "journal_entity_known" CHECK("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting')),
	CONSTRAINT "journal_entity_id_length" CHECK(length("journal"."entity_id") <= 36),
	CONSTRAINT "journal_values_hash_length" CHECK(length("journal"."values_hash") <= 64),
	CONSTRAINT "journal_hash_length" CHECK(length("journal"."hash") <= 64)
);
--> statement-breakpoint
CREATE INDEX `journal_entity_ix` ON `journal` (`school_id`,`entity`,`entity_id`,`number`);--> statement-breakpoint
CREATE INDEX `journal_operation_ix` ON `journal` (`school_id`,`operation_id`);--> statement-breakpoint
CREATE TABLE `journal_values` (
	`school_id` integer NOT NULL,
	`number` integer NOT NULL,
	`salt` text NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`school_id`, `number`),
	FOREIGN KEY (`school_id`,`number`) REFERENCES `journal`(`school_id`,`number`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "journal_values_salt_length" CHECK(length("journal_values"."salt") <= 32),
	CONSTRAINT "journal_values_content_length" CHECK(length("journal_values"."content") <= 1000000)
);
--> statement-breakpoint
CREATE TABLE `operations` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`actor_id` text,
	`way` text NOT NULL,
	`procedure` text NOT NULL,
	`input_hash` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "operations_way_known" CHECK("operations"."way" in ('screen', 'import', 'cli')),
	CONSTRAINT "operations_procedure_length" CHECK(length("operations"."procedure") <= 100),
	CONSTRAINT "operations_input_hash_length" CHECK(length("operations"."input_hash") <= 64)
);
--> statement-breakpoint
CREATE TABLE `meetings` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`class_id` text NOT NULL,
	`weekday` integer,
	`cycle_day` integer,
	`start_time` text NOT NULL,
	`end_time` text NOT NULL,
	`room_id` text,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`class_id`) REFERENCES `classes`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`room_id`) REFERENCES `rooms`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meetings_one_day" CHECK(("meetings"."weekday" is null) <> ("meetings"."cycle_day" is null)),
	CONSTRAINT "meetings_weekday_known" CHECK("meetings"."weekday" between 1 and 7),
	CONSTRAINT "meetings_cycle_day_positive" CHECK("meetings"."cycle_day" >= 1),
	CONSTRAINT "meetings_times_order" CHECK("meetings"."start_time" < "meetings"."end_time"),
	CONSTRAINT "meetings_dates_order" CHECK("meetings"."valid_from" <= "meetings"."valid_to")
);
--> statement-breakpoint
CREATE INDEX `meetings_class_ix` ON `meetings` (`school_id`,`class_id`);--> statement-breakpoint
CREATE INDEX `meetings_room_ix` ON `meetings` (`school_id`,`room_id`);--> statement-breakpoint
CREATE TABLE `rooms` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`seats` integer,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rooms_name_length" CHECK(length("rooms"."name") <= 200),
	CONSTRAINT "rooms_sourced_id_length" CHECK(length("rooms"."sourced_id") <= 255),
	CONSTRAINT "rooms_seats_positive" CHECK("rooms"."seats" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rooms_sourced_id_uq` ON `rooms` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `rooms_name_uq` ON `rooms` (`school_id`,`name`) WHERE "rooms"."archived_at" is null;--> statement-breakpoint
CREATE TABLE `schools` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`time_zone` text NOT NULL,
	`locale` text NOT NULL,
	`is_demo` integer DEFAULT false NOT NULL,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	CONSTRAINT "schools_name_length" CHECK(length("schools"."name") <= 200),
	CONSTRAINT "schools_slug_length" CHECK(length("schools"."slug") <= 60),
	CONSTRAINT "schools_time_zone_length" CHECK(length("schools"."time_zone") <= 60),
	CONSTRAINT "schools_locale_length" CHECK(length("schools"."locale") <= 35),
	CONSTRAINT "schools_sourced_id_length" CHECK(length("schools"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `schools_slug_uq` ON `schools` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `schools_sourced_id_uq` ON `schools` (`sourced_id`);--> statement-breakpoint
CREATE TABLE `student_addresses` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`student_id` text NOT NULL,
	`kind` text NOT NULL,
	`street` text,
	`city` text,
	`region` text,
	`postal_code` text,
	`country` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`student_id`) REFERENCES `students`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "student_addresses_kind_known" CHECK("student_addresses"."kind" in ('local', 'permanent')),
	CONSTRAINT "student_addresses_street_length" CHECK(length("student_addresses"."street") <= 300),
	CONSTRAINT "student_addresses_city_length" CHECK(length("student_addresses"."city") <= 100),
	CONSTRAINT "student_addresses_region_length" CHECK(length("student_addresses"."region") <= 100),
	CONSTRAINT "student_addresses_postal_code_length" CHECK(length("student_addresses"."postal_code") <= 20),
	CONSTRAINT "student_addresses_country_length" CHECK(length("student_addresses"."country") <= 100)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `student_addresses_kind_uq` ON `student_addresses` (`school_id`,`student_id`,`kind`) WHERE "student_addresses"."archived_at" is null;--> statement-breakpoint
CREATE TABLE `students` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`given_name` text NOT NULL,
	`middle_name` text,
	`family_name` text NOT NULL,
	`preferred_name` text,
	`sort_name` text NOT NULL,
	`search_text` text NOT NULL,
	`email` text,
	`number` text,
	`birth_date` text,
	`grade_level` text,
	`status` text DEFAULT 'active' NOT NULL,
	`is_international` integer DEFAULT false NOT NULL,
	`is_coop` integer DEFAULT false NOT NULL,
	`program_id` text,
	`sourced_id` text,
	`extra` text DEFAULT '{}' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`program_id`) REFERENCES `programs`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "students_given_name_length" CHECK(length("students"."given_name") <= 100),
	CONSTRAINT "students_middle_name_length" CHECK(length("students"."middle_name") <= 100),
	CONSTRAINT "students_family_name_length" CHECK(length("students"."family_name") <= 100),
	CONSTRAINT "students_preferred_name_length" CHECK(length("students"."preferred_name") <= 100),
	CONSTRAINT "students_sort_name_length" CHECK(length("students"."sort_name") <= 500),
	CONSTRAINT "students_search_text_length" CHECK(length("students"."search_text") <= 1500),
	CONSTRAINT "students_email_length" CHECK(length("students"."email") <= 320),
	CONSTRAINT "students_number_length" CHECK(length("students"."number") <= 50),
	CONSTRAINT "students_grade_level_length" CHECK(length("students"."grade_level") <= 50),
	CONSTRAINT "students_status_known" CHECK("students"."status" in ('active', 'inactive')),
	CONSTRAINT "students_sourced_id_length" CHECK(length("students"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `students_sourced_id_uq` ON `students` (`school_id`,`sourced_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `students_number_uq` ON `students` (`school_id`,`number`) WHERE "students"."archived_at" is null;--> statement-breakpoint
CREATE INDEX `students_sort_ix` ON `students` (`school_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `students_program_ix` ON `students` (`school_id`,`program_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`school_id` integer NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`instructor_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	PRIMARY KEY(`school_id`, `id`),
	FOREIGN KEY (`school_id`) REFERENCES `schools`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school_id`,`instructor_id`) REFERENCES `instructors`(`school_id`,`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "memberships_role_known" CHECK("memberships"."role" in ('administrator', 'registrar', 'instructor', 'viewer'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_user_uq` ON `memberships` (`school_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `memberships_user_ix` ON `memberships` (`user_id`);--> statement-breakpoint
CREATE TABLE `one_time_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "one_time_tokens_purpose_known" CHECK("one_time_tokens"."purpose" in ('setup', 'invitation', 'passwordReset')),
	CONSTRAINT "one_time_tokens_token_hash_length" CHECK(length("one_time_tokens"."token_hash") <= 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `one_time_tokens_token_uq` ON `one_time_tokens` (`token_hash`);--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key` text PRIMARY KEY NOT NULL,
	`window_start` integer NOT NULL,
	`hits` integer NOT NULL,
	CONSTRAINT "rate_limits_key_length" CHECK(length("rate_limits"."key") <= 200)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sessions_token_hash_length" CHECK(length("sessions"."token_hash") <= 64)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_uq` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user_ix` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text,
	`is_owner` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer,
	CONSTRAINT "users_email_length" CHECK(length("users"."email") <= 320),
	CONSTRAINT "users_name_length" CHECK(length("users"."name") <= 200),
	CONSTRAINT "users_password_hash_length" CHECK(length("users"."password_hash") <= 500),
	CONSTRAINT "users_email_lower" CHECK("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_uq` ON `users` (`email`);