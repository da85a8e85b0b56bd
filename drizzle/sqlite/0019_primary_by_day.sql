-- compatible: the version before may start on this schema
DROP INDEX `class_instructors_primary_uq`;