/** Whoever looks for the tests of a file finds them by its path. */
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** What no single file of ours answers for, and why. */
const topics: Record<string, string> = {
  architecture: 'the imports of all files',
  comments: 'the comments of server/ and db/',
  paths: 'the places of all tests',
  'dangerous-code': 'the sources of everything',
  dependencies: 'package.json and its lock',
  deploy: 'the files of deploy/',
  flags: 'what all sources ask of flags',
  downs: 'the ways back of all steps',
  plan: 'db/plan.ts, which asks no database',
  'client/messages/grammar': 'the sources of all screens',
  'db/erased-names': 'the rows that a step changes',
  'db/postgres': 'the driver, against a real server',
  'db/references': 'the indexes of all tables',
  'full/backups': 'twenty backups under three writers',
  'full/bounds': 'what every query reads in a large school',
  'full/import-size': 'the memory of a whole import',
  'full/killed-streams': 'servers and writers, killed at random, and their disk lost',
  'full/killed-backfills': 'processes that fill older rows, killed at every point',
  'full/killed-migrations': 'runners of both databases, killed at every point',
  'full/killed-restores': 'restores that are killed at every point, and a disk that fills up',
  'full/new-column': 'what a step costs on a million rows',
  'full/next-step': 'the server tests, on the schema of a next step',
  'db/move/refused': 'what keeps a register from moving',
  'db/move/waiting': 'what a mover waits for',
  'full/school-files': 'the memory of a large school that moves, and an import that is killed',
  'full/stopped': 'all that a stopped check has started',
  'stopped/goes-on': 'a test that full/stopped.sqlite.test.ts stops',
  'server/api/consumers': 'the calls in tests/contracts',
  'server/api/examples': 'the scripts of docs/api.md',
  'server/bounds': 'what every query reads in a school',
  'server/budgets': 'what every procedure asks the database and sends',
  'server/handover': 'servers and a mover, from the first row that is copied to the last worker on the file',
  'server/limits': 'what docs/operators.md says, against what the code holds',
  'server/live': 'streams, from the writer to the screen',
  'server/records/round-trip': 'a list’s file, read again by the code of the screens',
  'server/refresh': 'what the client’s map says, against the tables that the server reads',
  'server/security': 'the list of attacks, by its numbers',
  'workflows/lint': 'the form of all workflows',
  'server/undo': 'what every kind of record takes back',
}

const isFile = (path: string) => ['.ts', '.tsx', '.mjs'].some((end) => existsSync(join(root, path + end)))

test('each test lies at the path of the code it proves: a file of its name, or a folder of its name with a file per topic', () => {
  const files = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  const tests = files.filter((path) => path.endsWith('.test.ts') && !path.startsWith('e2e'))
  const lost = tests.filter((path) => {
    const code = path.replace(/(\.sqlite|\.postgresql)?\.test\.ts$/, '')
    const places = [code, dirname(code)]
    return !places.some((place) => isFile(place) || place in topics) && !isFile(`tests/${code}`)
  })
  expect(lost, 'move it beside the code it proves, or say in tests/paths.test.ts what it is about').toEqual([])
  expect(tests.length).toBeGreaterThan(100)
})
