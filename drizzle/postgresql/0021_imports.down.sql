DROP TABLE "import_pieces";--> statement-breakpoint
DROP TABLE "import_results";--> statement-breakpoint
DROP TABLE "imports";
