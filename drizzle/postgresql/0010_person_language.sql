-- compatible: the version before may start on this schema
ALTER TABLE "users" ADD COLUMN "language" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_language_length" CHECK (length("users"."language") <= 35) NOT VALID;--> statement-breakpoint
ALTER TABLE "users" VALIDATE CONSTRAINT "users_language_length";