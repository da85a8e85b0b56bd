/**
 * Every test file has modules of its own and a fresh, migrated database, which DATABASE_URL names before anything of ours
 * is imported. Packages stay loaded from file to file: loading them anew took a third of all the tests' time.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, expect, inject, vi } from 'vitest'
import { noteNothing, once, startNoting } from '../contract/noted.ts'
import { dependsOnDates } from '../date-tests.ts'
import { isShort } from '../thorough.ts'
import { asServing } from './roles.ts'

async function onServer(statement: string): Promise<void> {
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice() {} })
  try {
    await admin.unsafe(statement)
  } finally {
    await admin.end()
  }
}

const inUse = '55006'

async function freshPostgres(): Promise<() => Promise<void>> {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  // PostgreSQL refuses to copy a template that another file is copying at the moment.
  for (let isMade = false; !isMade; ) {
    isMade = await onServer(`create database ${name} template homeroom_template ${inject('copyStrategy')}`).then(
      () => true,
      (error) => {
        if (error.code !== inUse) throw error
        return sleep(50, false)
      },
    )
  }
  const onDatabase = (url: string) => url.replace(/postgres$/, name)
  const url = onDatabase(inject('poolerUrl') ?? inject('postgresUrl'))
  process.env.DATABASE_URL = expect.getState().testPath?.includes('/tests/server/') ? asServing(url) : url
  process.env.DATABASE_DIRECT_URL = onDatabase(inject('postgresUrl'))
  return () => onServer(`drop database ${name} with (force)`)
}

async function freshSqlite(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-test-'))
  copyFileSync(inject('sqliteTemplate'), join(folder, 'homeroom.db'))
  process.env.DATABASE_URL = `file:${join(folder, 'homeroom.db')}`
  return async () => rmSync(folder, { recursive: true, force: true })
}

vi.resetModules()
delete process.env.DATABASE_DIRECT_URL
const remove = await (process.env.HOMEROOM_TEST_DATABASE === 'postgresql' ? freshPostgres() : freshSqlite())
afterAll(remove)

/** At today's date. */
const isOnPostgresAlone = (path: string) => path.endsWith('.postgresql.test.ts') || dependsOnDates(path)
const file = relative(process.cwd(), expect.getState().testPath ?? '')
/** The check compares what a file is answered once: at today's date, and on SQLite where it runs there today. */
const isCompared =
  process.env.FAKETIME === undefined &&
  (!isShort || process.env.HOMEROOM_TEST_DATABASE === 'sqlite' || isOnPostgresAlone(file))

if (isCompared) {
  const noted = startNoting()
  afterAll(async () => {
    if (!noted.size) return
    const { judge } = await once('judged', () => import('../contract/judged.ts'))
    judge(noted, file)
  })
} else noteNothing()
