/** What `npm test` and `npm run check` leave to `npm run check:full`, so that they end within minutes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** `check.ts` says which it is; who runs a test by hand has it on both databases. */
export const isFull = process.env.HOMEROOM_TESTS_SIZE === 'full'
const isShort = process.env.HOMEROOM_TESTS_SIZE === 'short'

/** How many cases a property is tried with. */
export const cases = (usual: number, full: number): number => (isFull ? full : usual)

const ofProcesses = ['tests/server/cli', 'tests/server/primary', 'tests/server/runtime', 'tests/server/live']
const startsProcess = /\b(?:homeroom|homeroomFile|run|startServer)\b.*from '[./]*setup\/server\.ts'/
/** They ask the guard what every role is told, with thousands of inputs. */
const ofGuard = 'tests/server/access/canary.test.ts'

/**
 * The tests that the check runs on SQLite alone: what they are about is processes, signals and what a command says, or takes
 * thousands of calls, and does not depend on the database. `check:full` runs them on both.
 */
export function testsOnOneDatabase(): string[] {
  if (!isShort) return []
  const files = ofProcesses.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  const starts = (file: string) => startsProcess.test(readFileSync(join(root, file), 'utf8'))
  // What concerns PostgreSQL alone says so in its name, and has no other database to run on.
  return [ofGuard, ...files.filter((file) => /(?<!\.postgresql)\.test\.ts$/.test(file) && starts(file))]
}
