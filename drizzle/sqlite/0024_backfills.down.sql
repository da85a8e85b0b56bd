DROP TABLE "backfills";
