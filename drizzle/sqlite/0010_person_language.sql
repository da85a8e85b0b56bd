-- compatible: the version before may start on this schema
ALTER TABLE `users` ADD COLUMN `language` text;--> statement-breakpoint
ALTER TABLE `users` ADD CONSTRAINT "users_language_length" CHECK((length("users"."language") <= 35) IS NOT FALSE);