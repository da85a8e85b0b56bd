CREATE TABLE "academic_sessions" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"type" text NOT NULL,
	"start_date" date NOT NULL,
	"end_date" date NOT NULL,
	"school_year" integer,
	"parent_id" uuid,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "academic_sessions_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "academic_sessions_title_length" CHECK (length("academic_sessions"."title") <= 200),
	CONSTRAINT "academic_sessions_type_known" CHECK ("academic_sessions"."type" in ('schoolYear', 'semester', 'term', 'gradingPeriod')),
	CONSTRAINT "academic_sessions_sourced_id_length" CHECK (length("academic_sessions"."sourced_id") <= 255),
	CONSTRAINT "academic_sessions_dates_order" CHECK ("academic_sessions"."start_date" <= "academic_sessions"."end_date"),
	CONSTRAINT "academic_sessions_parent_other" CHECK ("academic_sessions"."parent_id" <> "academic_sessions"."id")
);
--> statement-breakpoint
CREATE TABLE "class_instructors" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"instructor_id" uuid NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	"begin_date" date,
	"end_date" date,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "class_instructors_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "class_instructors_sourced_id_length" CHECK (length("class_instructors"."sourced_id") <= 255),
	CONSTRAINT "class_instructors_dates_order" CHECK ("class_instructors"."begin_date" <= "class_instructors"."end_date")
);
--> statement-breakpoint
CREATE TABLE "class_terms" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"academic_session_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "class_terms_pk" PRIMARY KEY("school_id","id")
);
--> statement-breakpoint
CREATE TABLE "classes" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"code" text COLLATE "C",
	"title" text COLLATE "C" NOT NULL,
	"sort_name" text COLLATE "C" NOT NULL,
	"course_id" uuid,
	"capacity" integer,
	"room_id" uuid,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "classes_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "classes_code_length" CHECK (length("classes"."code") <= 100),
	CONSTRAINT "classes_title_length" CHECK (length("classes"."title") <= 200),
	CONSTRAINT "classes_sort_name_length" CHECK (length("classes"."sort_name") <= 500),
	CONSTRAINT "classes_sourced_id_length" CHECK (length("classes"."sourced_id") <= 255),
	CONSTRAINT "classes_capacity_positive" CHECK ("classes"."capacity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "courses" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"code" text COLLATE "C",
	"title" text COLLATE "C" NOT NULL,
	"credits" numeric(6, 2),
	"department_id" uuid,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "courses_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "courses_code_length" CHECK (length("courses"."code") <= 100),
	CONSTRAINT "courses_title_length" CHECK (length("courses"."title") <= 200),
	CONSTRAINT "courses_sourced_id_length" CHECK (length("courses"."sourced_id") <= 255),
	CONSTRAINT "courses_credits_positive" CHECK ("courses"."credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "departments_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "departments_name_length" CHECK (length("departments"."name") <= 200),
	CONSTRAINT "departments_sourced_id_length" CHECK (length("departments"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE TABLE "programs" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"type" text NOT NULL,
	"department_id" uuid,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "programs_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "programs_name_length" CHECK (length("programs"."name") <= 200),
	CONSTRAINT "programs_type_known" CHECK ("programs"."type" in ('bachelor', 'diploma', 'certificate', 'other')),
	CONSTRAINT "programs_sourced_id_length" CHECK (length("programs"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE TABLE "enrollments" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"begin_date" date,
	"end_date" date,
	"status" text NOT NULL,
	"grade" text COLLATE "C",
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "enrollments_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "enrollments_status_known" CHECK ("enrollments"."status" in ('enrolled', 'waitlisted', 'withdrawn', 'completed')),
	CONSTRAINT "enrollments_grade_length" CHECK (length("enrollments"."grade") <= 20),
	CONSTRAINT "enrollments_sourced_id_length" CHECK (length("enrollments"."sourced_id") <= 255),
	CONSTRAINT "enrollments_dates_order" CHECK ("enrollments"."begin_date" <= "enrollments"."end_date")
);
--> statement-breakpoint
CREATE TABLE "instructors" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"given_name" text COLLATE "C" NOT NULL,
	"middle_name" text COLLATE "C",
	"family_name" text COLLATE "C" NOT NULL,
	"preferred_name" text COLLATE "C",
	"sort_name" text COLLATE "C" NOT NULL,
	"search_text" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C",
	"employment" text,
	"status" text DEFAULT 'active' NOT NULL,
	"department_id" uuid,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "instructors_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "instructors_given_name_length" CHECK (length("instructors"."given_name") <= 100),
	CONSTRAINT "instructors_middle_name_length" CHECK (length("instructors"."middle_name") <= 100),
	CONSTRAINT "instructors_family_name_length" CHECK (length("instructors"."family_name") <= 100),
	CONSTRAINT "instructors_preferred_name_length" CHECK (length("instructors"."preferred_name") <= 100),
	CONSTRAINT "instructors_sort_name_length" CHECK (length("instructors"."sort_name") <= 500),
	CONSTRAINT "instructors_search_text_length" CHECK (length("instructors"."search_text") <= 1500),
	CONSTRAINT "instructors_email_length" CHECK (length("instructors"."email") <= 320),
	CONSTRAINT "instructors_employment_known" CHECK ("instructors"."employment" in ('full-time', 'part-time', 'adjunct')),
	CONSTRAINT "instructors_status_known" CHECK ("instructors"."status" in ('active', 'inactive')),
	CONSTRAINT "instructors_sourced_id_length" CHECK (length("instructors"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"school_id" integer NOT NULL,
	"number" bigint NOT NULL,
	"operation_id" uuid NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"fields" jsonb NOT NULL,
	"values_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "journal_pk" PRIMARY KEY("school_id","number"),
	CONSTRAINT "journal_entity_known" CHECK ("journal"."entity" in ('school', 'membership', 'department', 'program', 'student', 'studentAddress', 'instructor', 'academicSession', 'course', 'class', 'classTerm', 'classInstructor', 'enrollment', 'room', 'meeting')),
	CONSTRAINT "journal_entity_id_length" CHECK (length("journal"."entity_id") <= 36),
	CONSTRAINT "journal_values_hash_length" CHECK (length("journal"."values_hash") <= 64),
	CONSTRAINT "journal_hash_length" CHECK (length("journal"."hash") <= 64)
);
--> statement-breakpoint
CREATE TABLE "journal_values" (
	"school_id" integer NOT NULL,
	"number" bigint NOT NULL,
	"salt" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	CONSTRAINT "journal_values_pk" PRIMARY KEY("school_id","number"),
	CONSTRAINT "journal_values_salt_length" CHECK (length("journal_values"."salt") <= 32),
	CONSTRAINT "journal_values_content_length" CHECK (length("journal_values"."content") <= 1000000)
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"actor_id" uuid,
	"way" text NOT NULL,
	"procedure" text COLLATE "C" NOT NULL,
	"input_hash" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operations_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "operations_way_known" CHECK ("operations"."way" in ('screen', 'import', 'cli')),
	CONSTRAINT "operations_procedure_length" CHECK (length("operations"."procedure") <= 100),
	CONSTRAINT "operations_input_hash_length" CHECK (length("operations"."input_hash") <= 64)
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"class_id" uuid NOT NULL,
	"weekday" integer,
	"cycle_day" integer,
	"start_time" text COLLATE "C" NOT NULL,
	"end_time" text COLLATE "C" NOT NULL,
	"room_id" uuid,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "meetings_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "meetings_one_day" CHECK (("meetings"."weekday" is null) <> ("meetings"."cycle_day" is null)),
	CONSTRAINT "meetings_weekday_known" CHECK ("meetings"."weekday" between 1 and 7),
	CONSTRAINT "meetings_cycle_day_positive" CHECK ("meetings"."cycle_day" >= 1),
	CONSTRAINT "meetings_times_order" CHECK ("meetings"."start_time" < "meetings"."end_time"),
	CONSTRAINT "meetings_dates_order" CHECK ("meetings"."valid_from" <= "meetings"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"seats" integer,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "rooms_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "rooms_name_length" CHECK (length("rooms"."name") <= 200),
	CONSTRAINT "rooms_sourced_id_length" CHECK (length("rooms"."sourced_id") <= 255),
	CONSTRAINT "rooms_seats_positive" CHECK ("rooms"."seats" >= 0)
);
--> statement-breakpoint
CREATE TABLE "schools" (
	"id" integer PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"time_zone" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "schools_name_length" CHECK (length("schools"."name") <= 200),
	CONSTRAINT "schools_slug_length" CHECK (length("schools"."slug") <= 60),
	CONSTRAINT "schools_time_zone_length" CHECK (length("schools"."time_zone") <= 60),
	CONSTRAINT "schools_locale_length" CHECK (length("schools"."locale") <= 35),
	CONSTRAINT "schools_sourced_id_length" CHECK (length("schools"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE TABLE "student_addresses" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"street" text COLLATE "C",
	"city" text COLLATE "C",
	"region" text COLLATE "C",
	"postal_code" text COLLATE "C",
	"country" text COLLATE "C",
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "student_addresses_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "student_addresses_kind_known" CHECK ("student_addresses"."kind" in ('local', 'permanent')),
	CONSTRAINT "student_addresses_street_length" CHECK (length("student_addresses"."street") <= 300),
	CONSTRAINT "student_addresses_city_length" CHECK (length("student_addresses"."city") <= 100),
	CONSTRAINT "student_addresses_region_length" CHECK (length("student_addresses"."region") <= 100),
	CONSTRAINT "student_addresses_postal_code_length" CHECK (length("student_addresses"."postal_code") <= 20),
	CONSTRAINT "student_addresses_country_length" CHECK (length("student_addresses"."country") <= 100)
);
--> statement-breakpoint
CREATE TABLE "students" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"given_name" text COLLATE "C" NOT NULL,
	"middle_name" text COLLATE "C",
	"family_name" text COLLATE "C" NOT NULL,
	"preferred_name" text COLLATE "C",
	"sort_name" text COLLATE "C" NOT NULL,
	"search_text" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C",
	"number" text COLLATE "C",
	"birth_date" date,
	"grade_level" text COLLATE "C",
	"status" text DEFAULT 'active' NOT NULL,
	"is_international" boolean DEFAULT false NOT NULL,
	"is_coop" boolean DEFAULT false NOT NULL,
	"program_id" uuid,
	"sourced_id" text COLLATE "C",
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "students_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "students_given_name_length" CHECK (length("students"."given_name") <= 100),
	CONSTRAINT "students_middle_name_length" CHECK (length("students"."middle_name") <= 100),
	CONSTRAINT "students_family_name_length" CHECK (length("students"."family_name") <= 100),
	CONSTRAINT "students_preferred_name_length" CHECK (length("students"."preferred_name") <= 100),
	CONSTRAINT "students_sort_name_length" CHECK (length("students"."sort_name") <= 500),
	CONSTRAINT "students_search_text_length" CHECK (length("students"."search_text") <= 1500),
	CONSTRAINT "students_email_length" CHECK (length("students"."email") <= 320),
	CONSTRAINT "students_number_length" CHECK (length("students"."number") <= 50),
	CONSTRAINT "students_grade_level_length" CHECK (length("students"."grade_level") <= 50),
	CONSTRAINT "students_status_known" CHECK ("students"."status" in ('active', 'inactive')),
	CONSTRAINT "students_sourced_id_length" CHECK (length("students"."sourced_id") <= 255)
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"school_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"instructor_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "memberships_pk" PRIMARY KEY("school_id","id"),
	CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('administrator', 'registrar', 'instructor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "one_time_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"user_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "one_time_tokens_purpose_known" CHECK ("one_time_tokens"."purpose" in ('setup', 'invitation', 'passwordReset')),
	CONSTRAINT "one_time_tokens_token_hash_length" CHECK (length("one_time_tokens"."token_hash") <= 64)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"hits" integer NOT NULL,
	CONSTRAINT "rate_limits_key_length" CHECK (length("rate_limits"."key") <= 200)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sessions_token_hash_length" CHECK (length("sessions"."token_hash") <= 64)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C",
	"is_owner" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "users_email_length" CHECK (length("users"."email") <= 320),
	CONSTRAINT "users_name_length" CHECK (length("users"."name") <= 200),
	CONSTRAINT "users_password_hash_length" CHECK (length("users"."password_hash") <= 500),
	CONSTRAINT "users_email_lower" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
ALTER TABLE "academic_sessions" ADD CONSTRAINT "academic_sessions_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "academic_sessions" ADD CONSTRAINT "academic_sessions_parent_fk" FOREIGN KEY ("school_id","parent_id") REFERENCES "public"."academic_sessions"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_instructors" ADD CONSTRAINT "class_instructors_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_instructors" ADD CONSTRAINT "class_instructors_class_fk" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."classes"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_instructors" ADD CONSTRAINT "class_instructors_instructor_fk" FOREIGN KEY ("school_id","instructor_id") REFERENCES "public"."instructors"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_terms" ADD CONSTRAINT "class_terms_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_terms" ADD CONSTRAINT "class_terms_class_fk" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."classes"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_terms" ADD CONSTRAINT "class_terms_academic_session_fk" FOREIGN KEY ("school_id","academic_session_id") REFERENCES "public"."academic_sessions"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_course_fk" FOREIGN KEY ("school_id","course_id") REFERENCES "public"."courses"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classes" ADD CONSTRAINT "classes_room_fk" FOREIGN KEY ("school_id","room_id") REFERENCES "public"."rooms"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courses" ADD CONSTRAINT "courses_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "courses" ADD CONSTRAINT "courses_department_fk" FOREIGN KEY ("school_id","department_id") REFERENCES "public"."departments"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programs" ADD CONSTRAINT "programs_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programs" ADD CONSTRAINT "programs_department_fk" FOREIGN KEY ("school_id","department_id") REFERENCES "public"."departments"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_student_fk" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_class_fk" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."classes"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructors" ADD CONSTRAINT "instructors_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructors" ADD CONSTRAINT "instructors_department_fk" FOREIGN KEY ("school_id","department_id") REFERENCES "public"."departments"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_operation_fk" FOREIGN KEY ("school_id","operation_id") REFERENCES "public"."operations"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_values" ADD CONSTRAINT "journal_values_journal_fk" FOREIGN KEY ("school_id","number") REFERENCES "public"."journal"("school_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_actor_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_class_fk" FOREIGN KEY ("school_id","class_id") REFERENCES "public"."classes"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_room_fk" FOREIGN KEY ("school_id","room_id") REFERENCES "public"."rooms"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_addresses" ADD CONSTRAINT "student_addresses_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "student_addresses" ADD CONSTRAINT "student_addresses_student_fk" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_program_fk" FOREIGN KEY ("school_id","program_id") REFERENCES "public"."programs"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_school_fk" FOREIGN KEY ("school_id") REFERENCES "public"."schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_instructor_fk" FOREIGN KEY ("school_id","instructor_id") REFERENCES "public"."instructors"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_tokens" ADD CONSTRAINT "one_time_tokens_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "academic_sessions_sourced_id_uq" ON "academic_sessions" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE INDEX "academic_sessions_dates_ix" ON "academic_sessions" USING btree ("school_id","start_date");--> statement-breakpoint
CREATE UNIQUE INDEX "class_instructors_sourced_id_uq" ON "class_instructors" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "class_instructors_uq" ON "class_instructors" USING btree ("school_id","class_id","instructor_id","begin_date");--> statement-breakpoint
CREATE UNIQUE INDEX "class_instructors_primary_uq" ON "class_instructors" USING btree ("school_id","class_id") WHERE "class_instructors"."is_primary" and "class_instructors"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "class_instructors_instructor_ix" ON "class_instructors" USING btree ("school_id","instructor_id","class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "class_terms_uq" ON "class_terms" USING btree ("school_id","class_id","academic_session_id");--> statement-breakpoint
CREATE INDEX "class_terms_academic_session_ix" ON "class_terms" USING btree ("school_id","academic_session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "classes_sourced_id_uq" ON "classes" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE INDEX "classes_sort_ix" ON "classes" USING btree ("school_id","sort_name","id");--> statement-breakpoint
CREATE INDEX "classes_course_ix" ON "classes" USING btree ("school_id","course_id");--> statement-breakpoint
CREATE UNIQUE INDEX "courses_sourced_id_uq" ON "courses" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "courses_code_uq" ON "courses" USING btree ("school_id","code") WHERE "courses"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "departments_sourced_id_uq" ON "departments" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "departments_name_uq" ON "departments" USING btree ("school_id","name") WHERE "departments"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "programs_sourced_id_uq" ON "programs" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "programs_name_uq" ON "programs" USING btree ("school_id","name") WHERE "programs"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "enrollments_sourced_id_uq" ON "enrollments" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "enrollments_begin_uq" ON "enrollments" USING btree ("school_id","class_id","student_id","begin_date");--> statement-breakpoint
CREATE INDEX "enrollments_student_ix" ON "enrollments" USING btree ("school_id","student_id","class_id");--> statement-breakpoint
CREATE UNIQUE INDEX "instructors_sourced_id_uq" ON "instructors" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE INDEX "instructors_sort_ix" ON "instructors" USING btree ("school_id","sort_name","id");--> statement-breakpoint
CREATE INDEX "journal_entity_ix" ON "journal" USING btree ("school_id","entity","entity_id","number");--> statement-breakpoint
CREATE INDEX "journal_operation_ix" ON "journal" USING btree ("school_id","operation_id");--> statement-breakpoint
CREATE INDEX "meetings_class_ix" ON "meetings" USING btree ("school_id","class_id");--> statement-breakpoint
CREATE INDEX "meetings_room_ix" ON "meetings" USING btree ("school_id","room_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rooms_sourced_id_uq" ON "rooms" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rooms_name_uq" ON "rooms" USING btree ("school_id","name") WHERE "rooms"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "schools_slug_uq" ON "schools" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "schools_sourced_id_uq" ON "schools" USING btree ("sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "student_addresses_kind_uq" ON "student_addresses" USING btree ("school_id","student_id","kind") WHERE "student_addresses"."archived_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "students_sourced_id_uq" ON "students" USING btree ("school_id","sourced_id");--> statement-breakpoint
CREATE UNIQUE INDEX "students_number_uq" ON "students" USING btree ("school_id","number") WHERE "students"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "students_sort_ix" ON "students" USING btree ("school_id","sort_name","id");--> statement-breakpoint
CREATE INDEX "students_program_ix" ON "students" USING btree ("school_id","program_id");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_user_uq" ON "memberships" USING btree ("school_id","user_id");--> statement-breakpoint
CREATE INDEX "memberships_user_ix" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_tokens_token_uq" ON "one_time_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_uq" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user_ix" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_uq" ON "users" USING btree ("email");