DROP TABLE "import_counts";
