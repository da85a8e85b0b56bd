/** A database with nothing in it, on the server or in the folder of the tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { postgresRunner } from '../../db/migrate-postgres.ts'
import { sqliteRunner } from '../../db/migrate-sqlite.ts'
import type { Runner } from '../../db/migration-run.ts'
import { onPostgres, outsider } from './outsider.ts'

export interface EmptyDatabase {
  url: string
  runner: Runner
  /** The file of a SQLite database. */
  file: string
  remove(): Promise<void>
}

function emptyFile(): EmptyDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-empty-'))
  const file = join(folder, 'homeroom.db')
  const remove = async () => rmSync(folder, { recursive: true, force: true })
  return { url: `file:${file}`, runner: sqliteRunner({ file, project: folder, isRelative: false }), file, remove }
}

async function onServer(statement: string): Promise<void> {
  const admin = outsider(inject('postgresUrl'))
  await admin.rows(statement)
  await admin.close()
}

async function emptyOnServer(): Promise<EmptyDatabase> {
  const name = `empty_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  await onServer(`create database ${name}`)
  const url = inject('postgresUrl').replace(/postgres$/, name)
  return { url, runner: postgresRunner(url), file: '', remove: () => onServer(`drop database ${name} with (force)`) }
}

export const emptyDatabase = async (): Promise<EmptyDatabase> => (onPostgres ? emptyOnServer() : emptyFile())
