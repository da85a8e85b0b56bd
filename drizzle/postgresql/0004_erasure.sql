ALTER TABLE "guardians" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "instructors" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "input_salt" uuid;--> statement-breakpoint
ALTER TABLE "students" ADD COLUMN "erased_at" timestamp (3) with time zone;