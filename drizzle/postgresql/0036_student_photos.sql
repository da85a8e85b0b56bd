-- compatible: the version before may start on this schema
CREATE TABLE "student_photos" (
	"school_id" integer NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"student_id" uuid NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "student_photos_pk" PRIMARY KEY("school_id","hash"),
	CONSTRAINT "student_photos_hash_length" CHECK (length("student_photos"."hash") <= 64),
	CONSTRAINT "student_photos_content_length" CHECK (length("student_photos"."content") <= 270000)
);--> statement-breakpoint
ALTER TABLE "students" ADD COLUMN "photo" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "student_photos" ADD CONSTRAINT "student_photos_student_fk" FOREIGN KEY ("school_id","student_id") REFERENCES "public"."students"("school_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "student_photos_student_ix" ON "student_photos" USING btree ("school_id","student_id");--> statement-breakpoint
CREATE INDEX "student_photos_used_ix" ON "student_photos" USING btree ("used_at");--> statement-breakpoint
ALTER TABLE "students" ADD CONSTRAINT "students_photo_length" CHECK (length("students"."photo") <= 64) NOT VALID;--> statement-breakpoint
ALTER TABLE "students" VALIDATE CONSTRAINT "students_photo_length";