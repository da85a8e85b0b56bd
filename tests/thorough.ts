/** What `npm test` and `npm run check` leave to `npm run check:full`, so that they end within minutes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** `check.ts` says which it is; who runs a test by hand has it on both databases. */
export const isFull = process.env.HOMEROOM_TESTS_SIZE === 'full'
/** `npm test` and `npm run check`. */
export const isShort = process.env.HOMEROOM_TESTS_SIZE === 'short'

/** How many cases a property is tried with. */
export const cases = (usual: number, full: number): number => (isFull ? full : usual)

/** What a test walks through: in the check a fixed choice of it. */
export const walked = <T>(chosen: T, all: T): T => (isShort ? chosen : all)

const testsIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    // What concerns PostgreSQL alone says so in its name, and has no other database to run on.
    .filter((file) => /(?<!\.postgresql)\.test\.ts$/.test(file))
    .map((file) => `${folder}/${file}`)
const says = (text: RegExp) => (file: string) => text.test(readFileSync(join(root, file), 'utf8'))

/** Processes, signals and what a command says. */
const startsProcess = says(/\b(?:homeroom|homeroomFile|run|startServer)\b.*from '[./]*setup\/server\.ts'/)
const ofProcesses = ['cli', 'primary', 'runtime', 'live'].map((folder) => `tests/server/${folder}`)
/** What HTTP makes of a call, but where several processes work on one database. */
const ofHttp = ['tests/server/app', 'tests/server/runtime']
const opensAgain = says(/\bawait open\(\)/)
/** What the rows of a bundle mean, before the import writes them. */
const ofBundles = ['catalog', 'comparison', 'members', 'people', 'read', 'secrets'].map(
  (folder) => `tests/server/oneroster/${folder}`,
)
/** Of these, what a database may refuse or write differently: any text, thousands of rows at once, endings beside an import. */
const ofRows = ['app/rubbish', 'runtime/rpc/long-paste', 'oneroster/members/end-missing'].map(
  (path) => `tests/server/${path}.test.ts`,
)
/** The guard is asked thousands of times. */
const ofGuard = ['tests/server/access/canary.test.ts']
/** What is said to a receiver of webhooks, and what it may answer. */
const ofReceivers = ['tests/server/webhooks/send.test.ts']

/** The tests that the check runs on SQLite alone, by the rules of CONTRIBUTING. `check:full` runs them on both. */
export function testsOnOneDatabase(): string[] {
  if (!isShort) return []
  return [
    ...ofProcesses.flatMap(testsIn).filter(startsProcess),
    ...ofHttp.flatMap(testsIn).filter((file) => !opensAgain(file)),
    ...ofBundles.flatMap(testsIn),
    ...ofGuard,
    ...ofReceivers,
  ].filter((file) => !ofRows.includes(file))
}

/** What drizzle-kit, npm and the build make of a project that was changed for the test. */
const changesProject = says(/\bcopyProject\(/)
const ofTools = ['server/cli/start/npm.sqlite.test.ts', 'server/cli/build.sqlite.test.ts']

/** The tests that `check:full` alone runs. The check has the project itself built, compared with its migrations and linted. */
export function testsInFullAlone(): string[] {
  if (!isShort) return []
  const onCopies = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.startsWith('e2e'))
    .map((file) => `tests/${file}`)
    .filter(changesProject)
  return [...onCopies, ...ofTools.map((file) => `tests/${file}`)]
}
