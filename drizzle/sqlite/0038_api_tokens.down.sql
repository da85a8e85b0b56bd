ALTER TABLE "register_journal" DROP CONSTRAINT "register_journal_way_known";--> statement-breakpoint
ALTER TABLE "operations" DROP CONSTRAINT "operations_way_known";--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "is_service";--> statement-breakpoint
ALTER TABLE "register_journal" ADD CONSTRAINT "register_journal_way_known" CHECK(("register_journal"."way" in ('screen', 'import', 'cli')) IS NOT FALSE);--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_way_known" CHECK(("operations"."way" in ('screen', 'import', 'cli')) IS NOT FALSE);--> statement-breakpoint
DROP TABLE "api_tokens";
