DROP TABLE "flags";
