-- compatible: the version before may start on this schema
CREATE TABLE "usage_days" (
	"date" date PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"people" integer NOT NULL,
	"people_at_once" integer NOT NULL,
	"processes" integer NOT NULL,
	"busiest" integer NOT NULL,
	"within1" integer NOT NULL,
	"within2" integer NOT NULL,
	"within5" integer NOT NULL,
	"within10" integer NOT NULL,
	"within20" integer NOT NULL,
	"within50" integer NOT NULL,
	"within100" integer NOT NULL,
	"within200" integer NOT NULL,
	"within500" integer NOT NULL,
	"within1000" integer NOT NULL,
	"within2000" integer NOT NULL,
	"within5000" integer NOT NULL,
	"longer" integer NOT NULL
);
