DROP TABLE "moves";
--> statement-breakpoint
DROP TABLE "register_journal";
