/** Servers of two versions, and what runs in the sources of either. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Sqlite } from '../../db/sqlite-driver.ts'
import type { Running } from '../setup/server.ts'
import { startServer } from '../setup/server.ts'
import { appFolder, root } from './app.ts'
import { built, commitsBefore, scratchFolder } from './release-before.ts'
import type { Questions } from './skew-questions.ts'

/** Runs one of the tree's own programs on the database; answers what it printed. */
const runIn = (tree: string, databaseUrl: string, file: string, args: string[] = []): string =>
  execFileSync(process.execPath, ['--import', 'tsx', join(tree, file), ...args], {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: databaseUrl },
    maxBuffer: 1024 ** 3,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

export const migrateBy = (tree: string, databaseUrl: string): string =>
  runIn(tree, databaseUrl, 'db/migrate-command.ts')

/** Runs a program of ours, from tests/reliability, as that version's. */
export function programOf(tree: string, databaseUrl: string, file: string, args: string[] = []): string {
  const place = join('tests/reliability', file)
  if (tree !== root) {
    mkdirSync(join(tree, 'tests/reliability'), { recursive: true })
    copyFileSync(join(root, place), join(tree, place))
  }
  return runIn(tree, databaseUrl, place, args)
}

export const questionsOf = (tree: string, databaseUrl: string): Questions =>
  JSON.parse(programOf(tree, databaseUrl, 'skew-questions.ts')) as Questions

export const newDatabase = (): string => `file:${join(scratchFolder(), 'homeroom.db')}`

/** A copy of a database that nobody writes to. */
export function copyOf(databaseUrl: string): string {
  const copy = newDatabase()
  const client = new Sqlite(databaseUrl.slice('file:'.length))
  client.prepare('vacuum into ?').run(copy.slice('file:'.length))
  client.close()
  return copy
}

/** Starts that version's server. */
export function startVersion(folder: string, env: Record<string, string>): Promise<Running> {
  const shipped = { NODE_ENV: 'production', DRAIN_DELAY_MS: '0', LOG_LEVEL: 'warn', WRITES_PER_MINUTE: '1000000' }
  const program = join(folder, 'dist/server/homeroom.js')
  return startServer({ ...shipped, ...env }, [process.execPath, program, 'start'])
}

export interface Release {
  folder: string
  commit: string
}
/** The last version before the newest migration that serves. */
export async function releaseBefore(): Promise<Release> {
  for (const commit of commitsBefore()) {
    try {
      const folder = built(commit)
      const server = await startVersion(folder, { DATABASE_URL: newDatabase() })
      await server.stop()
      return { folder, commit: commit.slice(0, 7) }
    } catch {
      console.log(`${commit.slice(0, 7)} does not serve: looking at the one before`)
    }
  }
  throw new Error('no version before the newest migration serves')
}

export const ours = (): string => appFolder()
