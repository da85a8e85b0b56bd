/** Before all tests on one database: a migrated one of it for every test file to copy, and the PostgreSQL it is in. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { startPgbouncer } from './pgbouncer.ts'
import { startPostgres } from './postgres.ts'
import { asMigrating, rolesScript } from './roles.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A migrated SQLite file to copy. */
    sqliteTemplate: string
    /** The cluster's own database; `homeroom_template` in it is migrated. */
    postgresUrl: string
    /** How its databases are copied: as files, which costs a third of what the log of each page does. */
    copyStrategy: string
    /** The same through a pooler, when `npm run test:pgbouncer` asks for one. */
    poolerUrl: string | undefined
  }
}

/** A release's tests run on the schema of the next one where this names a folder of that one's. */
const migratedBy = process.env.HOMEROOM_TESTS_MIGRATED_BY || undefined

const migrate = (url: string) =>
  execFileSync(process.execPath, ['--import', 'tsx', 'db/migrate-command.ts'], {
    cwd: migratedBy,
    env: { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url },
    stdio: 'pipe',
  })

type Remove = () => Promise<void>

async function onceForSqlite(project: TestProject): Promise<Remove> {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-test-'))
  const sqliteTemplate = join(folder, 'template.db')
  migrate(`file:${sqliteTemplate}`)
  project.provide('sqliteTemplate', sqliteTemplate)
  return async () => rmSync(folder, { recursive: true, force: true })
}

async function onceForPostgres(project: TestProject): Promise<Remove> {
  const server = await startPostgres()
  const admin = postgres(server.url, { max: 1, onnotice() {} })
  await admin.unsafe('create database homeroom_template')
  const [version] = await admin<[{ hasChoice: boolean }]>`
    select current_setting('server_version_num')::int >= 150000 as "hasChoice"`
  await admin.end()
  const template = server.url.replace(/postgres$/, 'homeroom_template')
  const owner = postgres(template, { max: 1, onnotice() {} })
  await owner.unsafe(rolesScript)
  await owner.end()
  migrate(asMigrating(template))
  project.provide('postgresUrl', server.url)
  project.provide('copyStrategy', version.hasChoice ? 'strategy file_copy' : '')
  const pooler = process.env.HOMEROOM_TEST_POOLER ? await startPgbouncer(server.url) : undefined
  project.provide('poolerUrl', pooler?.url)
  return async () => {
    await pooler?.stop()
    await server.stop()
  }
}

export default (project: TestProject): Promise<Remove> =>
  project.name === 'postgresql' ? onceForPostgres(project) : onceForSqlite(project)
