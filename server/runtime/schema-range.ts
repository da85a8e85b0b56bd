import { migrationFiles } from '../../db/migration-files.ts'
import { migrations } from './folders.ts'

/** Steps count from 1. A step leaves the release before it working, so the range is the newest step and the one before. */
export function schemaRange(): { min: number; max: number; newest: string } {
  const files = migrationFiles(migrations)
  return { min: Math.max(1, files.length - 1), max: files.length, newest: files.at(-1)?.name ?? '' }
}

export function stepNumber(name: string): number {
  const number = migrationFiles(migrations).findIndex((file) => file.name === name) + 1
  if (!number) throw new Error(`There is no step ${name}`)
  return number
}
