/** The arrows between folders. A failure says what to do instead. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import * as schema from '../db/schema/index.ts'

const root = join(import.meta.dirname, '..')
const sources = ['server', 'client', 'db'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .map((name) => join(folder, name)),
)

interface Import {
  from: string
  to: string
  isType: boolean
}
const importing = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm
const importsOf = (from: string): Import[] =>
  [...readFileSync(join(root, from), 'utf8').matchAll(importing)].map(([, type, named, dynamic]) => {
    const target = named ?? dynamic ?? ''
    const to = target.startsWith('.') ? relative(root, join(root, dirname(from), target)) : target
    return { from, to, isType: Boolean(type) }
  })
const imports = sources.flatMap(importsOf)
const lines = (broken: Import[]) => broken.map(({ from, to }) => `${from} -> ${to}`)

test('the client takes only inputs, values and types from the server', () => {
  const broken = imports.filter(
    ({ from, to, isType }) =>
      from.startsWith('client/') &&
      /^(server|db)\//.test(to) &&
      !isType &&
      !/^server\/(.+\/)?input\.ts$/.test(to) &&
      !['db/values.ts', 'db/folding.ts', 'db/wall-clock.ts'].includes(to),
  )
  expect(
    lines(broken),
    'the browser would get server code: import an input.ts, db/values.ts, db/folding.ts, db/wall-clock.ts, or `import type`',
  ).toEqual([])
})

test('inputs are safe to send to a browser', () => {
  const broken = imports.filter(
    ({ from, to }) =>
      /^server\/(.+\/)?input\.ts$/.test(from) && !/^server\/(.+\/)?input\.ts$|^db\/values\.ts$|^zod$/.test(to),
  )
  expect(lines(broken), 'an input.ts imports zod, other input.ts files and db/values.ts').toEqual([])
})

test('the database imports nothing of the layers above it', () => {
  const broken = imports.filter(({ from, to }) => from.startsWith('db/') && /^(server|client|tests)\//.test(to))
  expect(lines(broken), 'move what db/ needs into db/, or do it in the feature').toEqual([])
})

test('a database is named only inside db/', () => {
  const drivers = /^(better-sqlite3|postgres|drizzle-orm\/(better-sqlite3|postgres-js|pg-core|sqlite-core))/
  const broken = imports.filter(({ from, to }) => !from.startsWith('db/') && drivers.test(to))
  expect(lines(broken), 'give db/ a function for it that both databases have').toEqual([])
  const opening = imports.filter(({ to, isType }) => to === 'better-sqlite3' && !isType)
  expect(
    lines(opening),
    'two copies of SQLite in a process ignore the locks of each other: import db/sqlite-driver.ts',
  ).toEqual([])
  const naming = /isPostgres|SQLITE_|\b(23505|40001|40P01)\b|pg_advisory|\bPRAGMA\b/
  const named = sources.filter((file) => !file.startsWith('db/') && naming.test(readFileSync(join(root, file), 'utf8')))
  expect(named, 'error codes, pragmas and dialect switches belong in db/').toEqual([])
})

/** What each layer is made of, from the top. A floor uses only itself and those below it; the features are all the others. */
const floors: Record<string, readonly (readonly string[])[]> = {
  server: [
    ['cli', 'main.ts', 'app.ts', 'primary', 'runtime'],
    ['api'],
    ['router.ts'],
    [
      'backups',
      'demo',
      'history',
      'home',
      'imports',
      'live',
      'merge',
      'oneroster',
      'school-files',
      'search',
      'system',
      'undo',
    ],
    ['the features'],
    ['kinds.ts', 'records'],
    ['journal'],
    ['calls', 'single files'],
  ],
  client: [
    ['main.tsx', 'app.tsx', 'root-frame.tsx', 'door-routes.ts', 'routes.tsx', 'school-frame.tsx', 'kinds.ts'],
    ['palette', 'shell'],
    ['history', 'home', 'imports', 'merge', 'pages'],
    ['the features'],
    ['drafts', 'lists', 'live', 'messages', 'paste', 'presences', 'records', 'refresh', 'ui', 'undo', 'single files'],
  ],
}
const layerOf = (path: string) => path.slice(0, path.indexOf('/'))
const roomOf = (path: string) => path.split('/')[1] ?? ''
function floorOf(path: string): number {
  const rooms = floors[layerOf(path)] ?? []
  const named = (name: string) => rooms.findIndex((floor) => floor.includes(name))
  const own = named(roomOf(path))
  if (own >= 0) return own
  return named(roomOf(path).includes('.') && named('single files') >= 0 ? 'single files' : 'the features')
}
/** A kind's declaration is what everybody may know of a feature, and kinds.ts is their list. */
const isDeclaration = (path: string) => /\/kinds?\.ts$/.test(path)
const values = imports.filter(
  ({ from, to, isType }) => !isType && layerOf(from) in floors && layerOf(from) === layerOf(to) && !isDeclaration(to),
)

test('no floor uses one above it', () => {
  const broken = values.filter(({ from, to }) => floorOf(from) > floorOf(to))
  expect(
    lines(broken),
    'offer it from a kind’s declaration, or move it to a lower floor; in the client, move a section to its feature, what ' +
      'composes several to pages/, and let kinds.ts load what the kit shows',
  ).toEqual([])
})

test('no two folders import each other', () => {
  const pairs = new Set(
    values
      .filter(({ from, to }) => roomOf(from) !== roomOf(to))
      .map(({ from, to }) => `${layerOf(from)}: ${roomOf(from)} ${roomOf(to)}`),
  )
  const turned = (pair: string) => pair.replace(/(\S+) (\S+)$/, '$2 $1')
  expect(
    [...pairs].filter((pair) => pairs.has(turned(pair))),
    'let the kind that refers to the other declare what is to happen (see records/declaration.ts); in the client, move the ' +
      'piece to the folder whose word it is, or into the kit where no feature is named in it',
  ).toEqual([])
})

/** These load what they list when it is wanted: screens of the kinds, and the sentences of a language. */
const listsOfParts = ['client/kinds.ts', 'client/messages/en/catalog.ts']

test('no files import each other in a circle, types included', () => {
  const importsIn = new Map<string, string[]>()
  for (const { from, to } of imports)
    if (!listsOfParts.includes(from) && sources.includes(to)) importsIn.set(from, [...(importsIn.get(from) ?? []), to])
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, way: string[]) => {
    const start = way.indexOf(file)
    if (start >= 0) circles.push([...way.slice(start), file].join(' -> '))
    if (start >= 0 || done.has(file)) return
    for (const to of importsIn.get(file) ?? []) visit(to, [...way, file])
    done.add(file)
  }
  for (const file of sources) visit(file, [])
  expect(circles, 'move the type to the file that both may import').toEqual([])
})

test('queries live in feature files, not in routers or screens', () => {
  const broken = imports.filter(
    ({ from, to }) => (/router\.ts$/.test(from) || from.startsWith('client/')) && /^(drizzle-orm|db\/schema)/.test(to),
  )
  expect(lines(broken), 'put the query into a read.ts or a file named after its verb').toEqual([])
})

test('records are written in one file', () => {
  const records = Object.entries(schema).flatMap(([name, table]) =>
    'schoolId' in table && 'version' in table && 'archivedAt' in table ? name : [],
  )
  const writing = new RegExp(
    `\\.(insert|update|delete)\\((${records.join('|')})\\)|\\.(replaceAll\\(\\s*\\w+\\.?table|(insert|replace)Packed\\()`,
  )
  const writers = sources.filter(
    (file) => file.startsWith('server/') && writing.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(writers, 'use addRows, changeRows or replaceRows').toEqual(['server/records/write.ts'])
})

test('no screen refreshes queries by hand', () => {
  const byHand = /\b(invalidateQueries|refetchQueries|resetQueries|removeQueries|setQueryData|setQueriesData)\(/
  const broken = sources.filter(
    (file) => /^client\/(?!refresh\/)/.test(file) && byHand.test(readFileSync(join(root, file), 'utf8')),
  )
  // Neither is about records: who is signed in, and what failed while the server was away.
  const others = broken.filter((file) => file !== 'client/session.ts' && file !== 'client/api.ts')
  expect(
    others,
    'client/refresh/ does it after every mutation and for the changes of others: say in client/refresh/reads.ts which ' +
      'kinds of record the query reads, and in client/refresh/answers.ts where an answer is shown at once',
  ).toEqual([])
})

test('the environment is read in two places', () => {
  const readers = sources.filter(
    (file) => !file.startsWith('client/') && /process\.env\b/.test(readFileSync(join(root, file), 'utf8')),
  )
  const allowed = ['server/config.ts', 'db/dialect.ts', 'db/generate.ts', 'db/setting.ts']
  const others = readers.filter((file) => !allowed.includes(file) && !file.startsWith('server/cli/'))
  expect(others, 'take it from the config').toEqual([])
})

test('commands speak through one file, which lets nothing steer the terminal', () => {
  const speakers = sources.filter(
    (file) =>
      /^server\/cli\/.*\.ts$/.test(file) && /\bconsole\.|\bstdout\.write/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(speakers, 'use say, complain and progressLine of server/cli/terminal.ts').toEqual(['server/cli/terminal.ts'])
})

test('no folder or file is a drawer for everything', () => {
  const drawers = sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.)/.test(file))
  expect(drawers, 'name it after what it does, and put it beside its user').toEqual([])
  const barrels = sources.filter((file) => /\/index\.tsx?$/.test(file) && file !== 'db/schema/index.ts')
  expect(barrels, 'import from the file itself').toEqual([])
})

test('no server file is longer than 300 lines', () => {
  const long = sources.filter(
    (file) => /^(server|db)\//.test(file) && readFileSync(join(root, file), 'utf8').split('\n').length > 300,
  )
  expect(long, 'split it by what changes together').toEqual([])
})
