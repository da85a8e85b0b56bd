DROP TABLE "flag_sides";
