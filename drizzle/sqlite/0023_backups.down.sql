DROP TABLE "backups";
