/**
 * Every query procedure, as every role, over two schools full of marked values: what comes out is searched for what that
 * role must not see. A new procedure is in this test from its first day. Where it fails, mend the procedure, not the rules in
 * tests/setup/who-may-see.ts. mutations.test.ts does the same with what changes something.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import type { School } from '../../../server/context.ts'
import type { Pools } from '../../setup/input-variants.ts'
import { inputVariants } from '../../setup/input-variants.ts'
import type { MarkedRow } from '../../setup/marked-rows.ts'
import { entities, found, marks, rows } from '../../setup/marked-rows.ts'
import type { Viewer } from '../../setup/marked-school.ts'
import { makeMarkedSchools } from '../../setup/marked-school.ts'
import { caller, db, requestOf } from '../../setup/people.ts'
import { inputOf, procedures } from '../../setup/sample-input.ts'
import { maySee, teaches, toldBy } from '../../setup/who-may-see.ts'

let home: School
let viewers: Viewer[]
beforeAll(async () => {
  const made = await makeMarkedSchools()
  home = made.home
  viewers = made.viewers
})
afterAll(() => db.close())

const queries = procedures.filter(([, { _def }]) => _def.type === 'query')
/** A link's token is needed to get an answer out of them; what moves tell, and who is found for a flag, is for owners of the register alone. */
const behindLinks = ['flags.findPeople', 'invitation.get', 'moves.get', 'setup.get']

const tableOf: Record<string, string> = {
  studentId: 'students',
  classId: 'classes',
  courseId: 'courses',
  departmentId: 'departments',
  guardianId: 'guardians',
  instructorId: 'instructors',
  operationId: 'operations',
  programId: 'programs',
  roomId: 'rooms',
}
const hidden = (row: MarkedRow, viewer: Viewer) =>
  row.school !== viewer.school ||
  (viewer.role === 'instructor' && (row.place === 'theirs' || (row.place === 'mine' && !teaches(viewer))))
/** The table of the records that a feature's `id` and other unnamed ids are of. */
const ownTable = (feature: string) =>
  feature === 'members' ? 'memberships' : feature.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/** Ids of every kind of record in both schools. Those that come first are what other fields are tried with. */
const poolsOf = (feature: string, first: MarkedRow['place'], texts: string[]): Pools => {
  const rank = ({ table, place, school }: MarkedRow) =>
    Number(school === home.name) * 4 + Number(table === ownTable(feature)) * 2 + Number(place === first)
  const ranked = rows.filter(({ table }) => table !== 'schools').toSorted((a, b) => rank(b) - rank(a))
  return {
    texts: ['', ...texts],
    ids: (field) => ranked.filter(({ table }) => (tableOf[field] ?? table) === table).map(({ id }) => id),
  }
}
/** One text of each column and each kind of row is enough to search by; of the other school its people's. */
const searched = () => {
  const chosen = new Map(
    marks
      .filter(({ table, place }) => table !== 'schools' && !/^person:(?!administrator)/.test(place))
      .filter(({ column }) => column !== 'extra' && column !== 'sourcedId')
      .filter(({ school, table }) => school === home.name || /^(students|guardians)$/.test(table))
      .map((mark) => [`${mark.table}.${mark.column} ${mark.place} ${mark.school}`, mark]),
  )
  return [...chosen.values()].map(({ text }) => text)
}

/** A history is asked for by the kind of record too. */
const histories = () => rows.flatMap(({ table, id }) => (entities[table] ? [{ entity: entities[table], id }] : []))

/** What a procedure is asked, each once: with the records of either class at hand for the fields it needs. */
const inputsOf = (path: string, procedure: Procedure) => {
  const feature = path.split('.')[0] ?? ''
  const texts = searched()
  const made = (['mine', 'theirs'] as const).flatMap((first) =>
    inputVariants(inputOf(procedure), poolsOf(feature, first, texts)),
  )
  if (path === 'journal.ofRecord') made.push(...histories())
  return [...new Map(made.map((input) => [JSON.stringify(input), input])).values()]
}

type Procedure = Parameters<typeof inputOf>[0]
type Answer = { value: unknown } | ReturnType<typeof toldBy>
type Ask = (viewer: Viewer, path: string, input: unknown) => Promise<Answer>
const ask: Ask = async ({ person }, path, input) => {
  const [feature = '', verb = ''] = path.split('.')
  const who = caller(requestOf(person, home)) as unknown as Record<string, Record<string, (input: unknown) => unknown>>
  try {
    return { value: await who[feature]?.[verb]?.(input) }
  } catch (error) {
    return toldBy(error)
  }
}

/** Those whom the procedure answers at all: the others are refused before the input is looked at, whatever it is. */
async function answeredBy(asked: Ask, path: string): Promise<Viewer[]> {
  const admitted: Viewer[] = []
  for (const viewer of viewers) {
    const answer = await asked(viewer, path, { nonsense: true })
    const isShutOut = 'reason' in answer && /^(permission\.missing|school\.not_found)$/.test(answer.reason)
    if (!isShutOut) admitted.push(viewer)
  }
  return admitted
}

interface Question {
  path: string
  viewer: Viewer
  input: unknown
}
const atOnce = 8
/** Asks each procedure, as everyone it answers, with every input: some at a time, as a server is asked. */
async function askAll(asked: Ask, only: readonly string[] | undefined, work: (question: Question) => Promise<void>) {
  for (const [path, procedure] of queries.filter(([name]) => !only || only.includes(name))) {
    const inputs = inputsOf(path, procedure)
    const all = (await answeredBy(asked, path)).flatMap((viewer) => inputs.map((input) => ({ path, viewer, input })))
    const worker = async () => {
      for (let next = all.pop(); next; next = all.pop()) await work(next)
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }
}

/** Who was told what they must not see, by which procedure; and which columns each viewer was told of at all. */
async function walk(asked: Ask, only?: readonly string[]) {
  const leaks = new Set<string>()
  const seen = new Map(viewers.map(({ name }) => [name, new Set<string>()]))
  const answered = new Set<string>()
  await askAll(asked, only, async ({ path, viewer, input }) => {
    const answer = await asked(viewer, path, input)
    if ('value' in answer) answered.add(path)
    for (const mark of found(JSON.stringify(answer))) {
      seen.get(viewer.name)?.add(`${mark.table}.${mark.column}`)
      if (maySee(viewer, mark)) continue
      const whose = mark.school === viewer.school ? mark.place : 'another school'
      leaks.add(`${path} tells ${viewer.name} ${mark.table}.${mark.column} of ${whose}`)
    }
  })
  return { leaks: [...leaks], seen, answered }
}

test('no role is told what it must not see, by whatever procedure and input', async () => {
  const { leaks, seen, answered } = await walk(ask)
  expect(leaks).toEqual([])
  const unanswered = queries.map(([path]) => path).filter((path) => !answered.has(path) && !behindLinks.includes(path))
  expect(
    unanswered,
    'no input was good enough to be answered: add what it takes to tests/setup/marked-school.ts',
  ).toEqual([])
  const reached = [
    'students.familyName',
    'students.birthDate',
    'student_addresses.street',
    'student_alerts.text',
    'guardians.phone',
    'classes.title',
    'courses.title',
    'rooms.name',
    'instructors.email',
    'users.email',
  ]
  expect(reached.filter((column) => !seen.get('administrator')?.has(column))).toEqual([])
  for (const column of ['students.familyName', 'classes.title', 'student_alerts.text'])
    expect(seen.get('instructor'), 'the walk finds what an instructor may see').toContain(column)
})

/** `input` with every value that the viewer must not know of in the place of one that nobody has. */
function withoutHidden(viewer: Viewer, input: unknown): unknown {
  const written = JSON.stringify(input) ?? 'null'
  let asked = written
  for (const row of rows) if (asked.includes(row.id) && hidden(row, viewer)) asked = asked.replaceAll(row.id, newId())
  for (const mark of found(asked)) if (!maySee(viewer, mark)) asked = asked.replaceAll(mark.text, 'qz0000000zq')
  return asked === written ? undefined : JSON.parse(asked)
}

/** Where an answer tells what the viewer must not see from what is not there, and how many were compared. */
async function compare(asked: Ask, only?: readonly string[]) {
  const told: string[] = []
  let compared = 0
  await askAll(asked, only, async ({ path, viewer, input }) => {
    const unknown = withoutHidden(viewer, input)
    if (unknown === undefined) return
    compared++
    const [one, other] = [await asked(viewer, path, input), await asked(viewer, path, unknown)]
    if (JSON.stringify(one) !== JSON.stringify(other))
      told.push(`${path} tells ${viewer.name} by ${JSON.stringify(input)}`)
  })
  return { told, compared }
}

test('what one may not see is as if it were not there: no count and no error tells', async () => {
  const { told, compared } = await compare(ask)
  expect(told).toEqual([])
  expect(compared).toBeGreaterThan(1000)
})

test('a leak would be found: of a column, of another class, of another school, of a secret', async () => {
  const [administrator, stranger] = ['administrator', 'stranger'].map((name) =>
    viewers.find((one) => one.name === name),
  )
  if (!administrator || !stranger) throw new Error('nobody')
  const leaky: Ask = async (_viewer, path, input) => ask(administrator, path, input)
  const { leaks } = await walk(leaky, ['students.get', 'students.list', 'members.list'])
  for (const leak of [
    'students.get tells viewer students.birthDate of theirs',
    'students.get tells viewer student_addresses.street of mine',
    'students.get tells instructor students.familyName of theirs',
    'students.list tells newcomer students.familyName of mine',
    'students.list tells stranger students.familyName of another school',
    'members.list tells registrar users.email of person:administrator',
  ])
    expect(leaks).toContain(leak)
  const secret = marks.find(({ table, column }) => `${table}.${column}` === 'users.passwordHash')
  const careless: Ask = async () => ({ value: { rows: [{ nested: [`${secret?.text}`] }] } })
  expect((await walk(careless, ['students.list'])).leaks).toContain(
    'students.list tells administrator users.passwordHash of person:administrator',
  )
})

test('a count that knows too much would be found', async () => {
  const administrator = viewers[0] as Viewer
  const leaky: Ask = async (_viewer, path, input) => ask(administrator, path, input)
  const { told } = await compare(leaky, ['students.count', 'classes.get'])
  const theirs = marks.findLast(
    ({ table, column, place, school }) =>
      school === home.name && `${table}.${column} ${place}` === 'students.number theirs',
  )
  expect(told).toContain(`students.count tells instructor by {"search":"${theirs?.text}"}`)
  const klass = rows.find(({ table, place }) => `${table} ${place}` === 'classes theirs')
  expect(told).toContain(`classes.get tells instructor by {"id":"${klass?.id}"}`)
})
