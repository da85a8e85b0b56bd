DROP TABLE "installation";
