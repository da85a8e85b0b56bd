-- compatible: the version before may start on this schema
CREATE TABLE `flag_sides` (
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`is_on` integer NOT NULL,
	`period_at` integer NOT NULL,
	`calls` integer NOT NULL,
	`refused` integer NOT NULL,
	`failed` integer NOT NULL,
	`unavailable` integer NOT NULL,
	`within1` integer NOT NULL,
	`within2` integer NOT NULL,
	`within5` integer NOT NULL,
	`within10` integer NOT NULL,
	`within20` integer NOT NULL,
	`within50` integer NOT NULL,
	`within100` integer NOT NULL,
	`within200` integer NOT NULL,
	`within500` integer NOT NULL,
	`within1000` integer NOT NULL,
	`within2000` integer NOT NULL,
	`within5000` integer NOT NULL,
	`longer` integer NOT NULL,
	PRIMARY KEY(`key`, `version`, `is_on`, `period_at`),
	CONSTRAINT "flag_sides_key_length" CHECK(length("flag_sides"."key") <= 36)
);
--> statement-breakpoint
CREATE INDEX `flag_sides_at_ix` ON `flag_sides` (`period_at`);