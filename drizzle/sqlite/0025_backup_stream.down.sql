DROP TABLE "backup_streams";
