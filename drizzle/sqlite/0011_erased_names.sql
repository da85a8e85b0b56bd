-- compatible: the version before may start on this schema
UPDATE `guardians` SET `family_name` = '', `sort_name` = '�' WHERE `erased_at` IS NOT NULL;--> statement-breakpoint
UPDATE `instructors` SET `family_name` = '', `sort_name` = '�' WHERE `erased_at` IS NOT NULL;--> statement-breakpoint
UPDATE `students` SET `family_name` = '', `sort_name` = '�' WHERE `erased_at` IS NOT NULL;