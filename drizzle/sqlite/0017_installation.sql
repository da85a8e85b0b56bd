-- compatible: the version before may start on this schema
CREATE TABLE `installation` (
	`number` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	CONSTRAINT "installation_id_length" CHECK(length("installation"."id") <= 16)
);
