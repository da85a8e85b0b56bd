import { migrationFiles } from '../../db/migration-files.ts'
import { migrations } from './folders.ts'

/**
 * The migration steps that this version works with, counted from 1 as the ledger counts them: its own newest, and the one
 * before it, because a step leaves what served before it working.
 */
export function schemaRange(): { min: number; max: number; newest: string } {
  const files = migrationFiles(migrations)
  return { min: Math.max(1, files.length - 1), max: files.length, newest: files.at(-1)?.name ?? '' }
}
