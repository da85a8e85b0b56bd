/** What every kind of record does alike with many at once; students have a file of their own. */
import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../../db/kit.ts'
import type { ManyAnswer } from '../../../server/records/many.ts'
import type { Person } from '../../../server/trpc.ts'
import type { Caller } from '../../setup/people.ts'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, registrar, school, undo } from '../../setup/school.ts'

let label = ''
let made = 0
beforeEach(() => {
  label = `Lot${++made}`
})

interface Verbs {
  list(input?: object): Promise<{ id: string }[] | { rows: { id: string }[] }>
  get(input: object): Promise<{ id: string; version: number; archivedAt: string | null }>
  create(input: object): Promise<{ id: string; version: number }>
  update(input: object): Promise<unknown>
  archive(input: object): Promise<unknown>
  createMany(input: object): Promise<ManyAnswer>
  updateMany(input: object): Promise<ManyAnswer>
  archiveMany(input: object): Promise<ManyAnswer>
  restoreMany(input: object): Promise<ManyAnswer>
}

const days = { startDate: '2027-01-05', endDate: '2027-04-01' }
type Feature = Exclude<
  { [F in keyof Caller]: Caller[F] extends Record<'createMany' | 'restoreMany', unknown> ? F : never }[keyof Caller],
  'students'
>
/** One of each feature's records, with nothing but what it must have. */
const one: Record<Feature, () => Record<string, string>> = {
  departments: () => ({ name: `${label} ${newId()}` }),
  programs: () => ({ name: `${label} ${newId()}`, type: 'diploma' }),
  rooms: () => ({ name: `${label} ${newId()}` }),
  courses: () => ({ title: label, code: newId() }),
  academicSessions: () => ({ title: label, type: 'term', ...days }),
  instructors: () => ({ givenName: 'Ida', familyName: label }),
  classes: () => ({ title: label }),
  guardians: () => ({ givenName: 'Gus', familyName: label }),
}

interface Case {
  entity: string
  /** What is wrong with an item, and where. */
  bad: [fields: object, path: string]
  /** What may be set in many. */
  set?: object
  /** What no two in use share. */
  unique?: [field: string, reason: string]
  /** A field for another record's id, and how that is refused. */
  refers?: [field: string, reason: string]
  /** What stands on the record of this name among those of `makeRecords`. */
  stands?: [id: 'roomId' | 'courseId' | 'academicSessionId' | 'instructorId' | 'classId' | 'guardianId', object[]]
  canEnd: boolean
}
const departmentOf = ['departmentId', 'department.not_found'] as const satisfies [string, string]
const cases: Record<Feature, Case> = {
  departments: {
    entity: 'department',
    bad: [{ name: '' }, 'name'],
    unique: ['name', 'department.name_taken'],
    canEnd: true,
  },
  programs: {
    entity: 'program',
    bad: [{ type: 'nonsense' }, 'type'],
    set: { type: 'certificate' },
    unique: ['name', 'program.name_taken'],
    refers: departmentOf,
    canEnd: true,
  },
  rooms: {
    entity: 'room',
    bad: [{ seats: '30' }, 'seats'],
    set: { seats: 24 },
    unique: ['name', 'room.name_taken'],
    stands: ['roomId', [{ entity: 'meeting', count: 1 }]],
    canEnd: true,
  },
  courses: {
    entity: 'course',
    bad: [{ credits: 'many' }, 'credits'],
    set: { credits: '1.50' },
    unique: ['code', 'course.code_taken'],
    refers: departmentOf,
    stands: ['courseId', [{ entity: 'class', count: 1 }]],
    canEnd: false,
  },
  academicSessions: {
    entity: 'academicSession',
    bad: [{ startDate: 'soon' }, 'startDate'],
    set: { schoolYear: 2027 },
    refers: ['parentId', 'academicSession.not_found'],
    stands: ['academicSessionId', [{ entity: 'class', count: 1 }]],
    canEnd: false,
  },
  instructors: {
    entity: 'instructor',
    bad: [{ email: 'nope' }, 'email'],
    set: { status: 'inactive', employment: 'adjunct' },
    refers: departmentOf,
    stands: ['instructorId', [{ entity: 'class', count: 1 }]],
    canEnd: true,
  },
  classes: {
    entity: 'class',
    bad: [{ capacity: -1 }, 'capacity'],
    set: { capacity: 20 },
    refers: ['roomId', 'room.not_found'],
    stands: [
      'classId',
      [
        { entity: 'enrollment', count: 1 },
        { entity: 'classInstructor', count: 1 },
        { entity: 'meeting', count: 1 },
      ],
    ],
    canEnd: true,
  },
  guardians: {
    entity: 'guardian',
    bad: [{ email: 'nope' }, 'email'],
    stands: ['guardianId', [{ entity: 'student', count: 1 }]],
    canEnd: true,
  },
}

const isTold = (record: object, fields: object) =>
  Object.entries(fields).every(([name, value]) => (record as Record<string, unknown>)[name] === value)

const verbsFor = (person: Person, feature: Feature, key?: string) =>
  as(person, key ? { key } : {})[feature] as unknown as Verbs
const refused = (reason: string, details: object = expect.anything()) => ({ cause: { reason, details } })

const features = Object.keys(one) as Feature[]
const verbs = (feature: Feature, key?: string) => verbsFor(registrar, feature, key)
const items = (feature: Feature, count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, () => one[feature]())
/** How many of this test's lot a list shows. */
async function found(feature: Feature, archived = false): Promise<number> {
  const listed = await verbs(feature).list({ archived })
  const rows = (Array.isArray(listed) ? listed : listed.rows) as object[]
  return rows.filter((row) => Object.values(row).some((value) => String(value).startsWith(label))).length
}
async function added(feature: Feature, count: number) {
  const { outcomes } = await verbs(feature).createMany({ items: items(feature, count) })
  return outcomes.map(({ id, version }) => ({ id: id ?? '', version: version ?? 0 }))
}
const later = (seen: readonly { id: string; version: number }[], by = 1) =>
  seen.map(({ id, version }) => ({ id, version: version + by }))

test.each(features)(
  '%s: many are added; sent again they are not added twice; it is undone in one go',
  async (feature) => {
    const key = newId()
    const input = { items: items(feature, 3) }
    const answer = await verbs(feature, key).createMany(input)
    expect(answer).toMatchObject({
      operationId: key,
      changed: 3,
      outcomes: [0, 1, 2].map((index) => ({ index, ok: true, version: 1 })),
    })
    expect(await verbs(feature, key).createMany(input)).toEqual(answer)
    expect(await found(feature)).toBe(3)
    const undone = await undo(key)
    expect([await found(feature), await found(feature, true)]).toEqual([0, 3])
    await undo(undone.operationId)
    expect(await found(feature)).toBe(3)
  },
)

/** A field of each kind's that a change can be told by, and what it becomes. */
const edit = (feature: Feature): Record<string, unknown> => ({ ...one[feature](), ...cases[feature].set })

test.each(features)('%s: of pasted rows some are added and some change a record, undone in one go', async (feature) => {
  const [first, second] = await added(feature, 2)
  const fields = edit(feature)
  const key = newId()
  const input = { items: [one[feature](), { ...first, ...fields }, { ...second }, one[feature]()] }
  const answer = await verbs(feature, key).createMany(input)
  const changes = isTold(await verbs(feature).get({ id: first?.id }), fields)
  expect(changes).toBe(true)
  expect(answer.outcomes).toMatchObject([
    { index: 0, ok: true, version: 1 },
    { index: 1, ok: true, id: first?.id },
    { index: 2, ok: true, id: second?.id, version: 1 },
    { index: 3, ok: true, version: 1 },
  ])
  expect(await verbs(feature, key).createMany(input)).toEqual(answer)
  expect(await found(feature)).toBe(4)
  await undo(key)
  expect([await found(feature), await found(feature, true)]).toEqual([2, 2])
})

test.each(features)('%s: a pasted row that names what somebody else changed refuses all', async (feature) => {
  const { entity } = cases[feature]
  const [seen] = await added(feature, 1)
  await verbs(feature).archive({ ...seen })
  const unknown = newId()
  const items = [
    one[feature](),
    { ...seen, ...edit(feature) },
    { id: unknown, version: 1, ...edit(feature) },
    { id: seen?.id, ...edit(feature) },
  ]
  await expect(verbs(feature).createMany({ items })).rejects.toMatchObject(
    refused('many.refused', {
      refused: 3,
      outcomes: [
        { index: 0, ok: true },
        { index: 1, ok: false, id: seen?.id, reason: `${entity}.stale` },
        { index: 2, ok: false, id: unknown, reason: `${entity}.not_found` },
        { index: 3, ok: false, reason: 'input.invalid' },
      ],
    }),
  )
  expect(await found(feature)).toBe(0)
})

const set = features.filter((feature) => cases[feature].set)
test.each(set)('%s: the same fields are written into many, and taken back in one go', async (feature) => {
  const fields = cases[feature].set
  const seen = await added(feature, 3)
  await verbs(feature).update({ ...seen[0], ...fields })
  const now = [{ id: seen[0]?.id ?? '', version: 2 }, ...seen.slice(1)]
  const changed = await verbs(feature).updateMany({ items: now, set: fields })
  expect(changed).toMatchObject({ changed: 2, outcomes: seen.map(({ id }) => ({ id, ok: true, version: 2 })) })
  for (const { id } of seen) expect(await verbs(feature).get({ id })).toMatchObject({ ...fields, version: 2 })
  await undo(changed.operationId)
  expect(await verbs(feature).get({ id: seen[1]?.id })).not.toMatchObject(fields ?? {})
})

test.each(features)('%s: many are archived and brought back, each in one go', async (feature) => {
  const seen = await added(feature, 3)
  const gone = await verbs(feature).archiveMany({ items: seen })
  expect(gone).toMatchObject({ changed: 3, outcomes: seen.map(({ id }) => ({ id, ok: true, version: 2 })) })
  expect([await found(feature), await found(feature, true)]).toEqual([0, 3])
  await undo(gone.operationId)
  expect(await found(feature)).toBe(3)
  await verbs(feature).archiveMany({ items: later(seen, 2) })
  const back = await verbs(feature).restoreMany({ items: later(seen, 3) })
  expect([back.changed, await found(feature), await found(feature, true)]).toEqual([3, 3, 0])
  await undo(back.operationId)
  expect(await found(feature, true)).toBe(3)
})

/** Items with what is to be said of each; `taken` is what one of the register has. */
function tried(feature: Feature, taken: Record<string, unknown>) {
  const { bad, unique, refers } = cases[feature]
  const item = (more: object = {}) => ({ ...one[feature](), ...more })
  const issues = [expect.objectContaining({ path: bad[1] })]
  const rows: { item: object; outcome: object }[] = [
    { item: item(), outcome: { ok: true } },
    { item: item(bad[0]), outcome: { ok: false, reason: 'input.invalid', issues } },
  ]
  if (refers) {
    const [field, reason] = refers
    rows.push({ item: item({ [field]: newId() }), outcome: { ok: false, reason, field } })
  }
  if (unique) {
    const [field, reason] = unique
    const twice = { [field]: (item() as Record<string, unknown>)[field] }
    const outcome = { ok: false, reason, field }
    rows.push({ item: item({ [field]: taken[field] }), outcome })
    rows.push({ item: item(twice), outcome: { ok: true } }, { item: item(twice), outcome })
  }
  return rows
}

test.each(features)('%s: one bad row adds none, and every bad row is named with what is wrong', async (feature) => {
  const taken = one[feature]()
  await verbs(feature).create(taken)
  const rows = tried(feature, taken)
  const outcomes = rows.map(({ outcome }, index) => ({ index, ...outcome }))
  const wrong = outcomes.filter((outcome) => 'reason' in outcome).length
  await expect(verbs(feature).createMany({ items: rows.map(({ item }) => item) })).rejects.toMatchObject(
    refused('many.refused', { refused: wrong, outcomes }),
  )
  expect(await found(feature)).toBe(1)
})

test.each(features)('%s: one that somebody has changed keeps all as they are, and is named', async (feature) => {
  const { entity, set } = cases[feature]
  const seen = await added(feature, 3)
  const [first, second] = seen
  await verbs(feature).archive({ ...second })
  const unknown = newId()
  const named = [...seen, { id: unknown, version: 1 }, { ...first }]
  const outcomes = [
    { index: 0, ok: true, id: first?.id },
    { index: 1, ok: false, id: second?.id, reason: `${entity}.stale` },
    { index: 2, ok: true },
    { index: 3, ok: false, id: unknown, reason: `${entity}.not_found` },
    { index: 4, ok: false, reason: 'input.invalid' },
  ]
  const refusal = refused('many.refused', { refused: 3, outcomes })
  if (set) await expect(verbs(feature).updateMany({ items: named, set })).rejects.toMatchObject(refusal)
  await expect(verbs(feature).archiveMany({ items: named })).rejects.toMatchObject(refusal)
  await expect(verbs(feature).restoreMany({ items: named })).rejects.toMatchObject(refusal)
  expect([await found(feature), await found(feature, true)]).toEqual([2, 1])
})

const inUse = features.filter((feature) => cases[feature].stands)
test.each(inUse)('%s: what is in use is archived only when people say what becomes of that', async (feature) => {
  const { stands, canEnd } = cases[feature]
  const [idName, standing] = stands ?? ['roomId', []]
  const made = [await makeRecords(school, label), await makeRecords(school, `${label} too`)]
  const used = made.map((ids) => ({ id: ids[idName], version: 1 }))
  const details = {
    standing: standing.map((part) => ({ ...part, count: 2 })),
    choices: canEnd ? ['end', 'keep'] : ['keep'],
  }
  for (const choice of canEnd ? ['ask'] : ['ask', 'end'])
    await expect(verbs(feature).archiveMany({ items: used, standing: choice })).rejects.toMatchObject(
      refused('record.in_use', details),
    )
  const kept = await verbs(feature).archiveMany({ items: used, standing: 'keep' })
  expect(kept.changed).toBe(2)
  await undo(kept.operationId)
  if (!canEnd) return
  const ended = await verbs(feature).archiveMany({ items: later(used, 2), standing: 'end' })
  expect(ended).toMatchObject({ changed: 2, outcomes: used.map(({ id }) => ({ id, version: 4 })) })
  // Undone, what was ended stands on them as before.
  await undo(ended.operationId)
  await expect(verbs(feature).archiveMany({ items: later(used, 4) })).rejects.toMatchObject(
    refused('record.in_use', details),
  )
})

const keyed = features.filter((feature) => cases[feature].unique)
test.each(keyed)('%s: what somebody else has by now keeps all of them away', async (feature) => {
  const [field, reason] = cases[feature].unique ?? ['', '']
  const fields = items(feature, 2)
  const { outcomes } = await verbs(feature).createMany({ items: fields })
  const seen = outcomes.map(({ id }) => ({ id: id ?? '', version: 1 }))
  await verbs(feature).archiveMany({ items: seen })
  const owner = await verbs(feature).create({ ...one[feature](), [field]: fields[1]?.[field] })
  const told = [
    { index: 0, ok: true },
    { index: 1, ok: false, id: seen[1]?.id, reason, field },
  ]
  await expect(verbs(feature).restoreMany({ items: later(seen) })).rejects.toMatchObject(
    refused('many.refused', { refused: 1, outcomes: told }),
  )
  await verbs(feature).archive({ id: owner.id, version: owner.version })
  expect(await verbs(feature).restoreMany({ items: later(seen) })).toMatchObject({ changed: 2 })
})

test.each(features)(
  '%s: those of another school are not there, and who may only read changes nothing',
  async (feature) => {
    const { entity, set } = cases[feature]
    const seen = await added(feature, 2)
    const elsewhere = await makePerson(await makeSchool('Elsewhere'), 'registrar')
    const outcomes = seen.map(({ id }, index) => ({ index, id, ok: false, reason: `${entity}.not_found` }))
    for (const verb of ['archiveMany', 'restoreMany'] as const)
      await expect(verbsFor(elsewhere, feature)[verb]({ items: seen })).rejects.toMatchObject(
        refused('many.refused', { refused: 2, outcomes }),
      )
    for (const role of ['viewer', 'instructor'] as const) {
      const reader = verbsFor(await makePerson(school, role), feature)
      const asked: [verb: keyof Verbs, input: object][] = [
        ['createMany', { items: items(feature, 1) }],
        ['archiveMany', { items: seen }],
        ['restoreMany', { items: seen }],
        ...(set ? ([['updateMany', { items: seen, set }]] as [keyof Verbs, object][]) : []),
      ]
      for (const [verb, input] of asked)
        await expect(reader[verb](input)).rejects.toMatchObject({ cause: { reason: 'permission.missing' } })
    }
    expect(await found(feature)).toBe(2)
  },
)

test('many departments are closed by taking everything out of them', async () => {
  const seen: { id: string; version: number }[] = []
  for (const name of [`${label} a`, `${label} b`]) {
    const { id } = await api().departments.create({ name })
    await api().courses.create({ title: `Of ${name}`, departmentId: id })
    await api().instructors.create({ givenName: 'Of', familyName: name, departmentId: id })
    seen.push({ id, version: 1 })
  }
  const program = await api().programs.create({ name: label, type: 'other', departmentId: seen[0]?.id })
  await api().students.create({ givenName: 'Of', familyName: label, programId: program.id })
  await expect(api().departments.archiveMany({ items: seen })).rejects.toMatchObject(
    refused('record.in_use', {
      standing: [
        { entity: 'program', count: 1, names: [label] },
        { entity: 'course', count: 2, names: [`Of ${label} a`, `Of ${label} b`] },
        { entity: 'instructor', count: 2 },
      ],
    }),
  )
  const { operationId } = await api().departments.archiveMany({ items: seen, standing: 'end' })
  expect(await api().programs.get({ id: program.id })).toMatchObject({ departmentId: null })
  await undo(operationId)
  expect(await api().programs.get({ id: program.id })).toMatchObject({ departmentId: seen[0]?.id })
  const { id, version } = await api().programs.get({ id: program.id })
  await api().programs.archiveMany({ items: [{ id, version }], standing: 'end' })
  const { rows } = await api().students.list({ search: label })
  expect(rows).toMatchObject([{ programId: null }])
})

test('what many are put under must be in use, and nothing is changed by an empty change', async () => {
  const gone = await api().departments.create({ name: label })
  await api().departments.archive({ id: gone.id, version: 1 })
  const { id, version } = await api().courses.create({ title: label, credits: '1.5' })
  const items = [{ id, version }]
  await expect(api().courses.updateMany({ items, set: { departmentId: gone.id } })).rejects.toMatchObject({
    cause: { reason: 'department.not_found' },
  })
  await expect(api().courses.updateMany({ items, set: {} })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(await api().courses.updateMany({ items, set: { credits: '1.5' } })).toMatchObject({ changed: 0 })
})

test('terms of one paste lie within their year, and leave it together with it', async () => {
  const year = await api().academicSessions.create({
    title: label,
    type: 'schoolYear',
    startDate: '2027-08-01',
    endDate: '2028-07-31',
  })
  const term = (startDate: string, endDate: string, more: object = {}) => ({
    title: `${label} term`,
    type: 'term',
    startDate,
    endDate,
    parentId: year.id,
    ...more,
  })
  const items = [
    term('2027-08-01', '2027-12-18'),
    term('2027-07-31', '2027-12-18'),
    term('2028-01-05', '2028-06-20', { type: 'schoolYear' }),
    term('2028-06-20', '2028-01-05'),
  ]
  await expect(api().academicSessions.createMany({ items })).rejects.toMatchObject(
    refused('many.refused', {
      refused: 3,
      outcomes: [
        { ok: true },
        { reason: 'academicSession.dates_outside', details: { startDate: '2027-08-01', endDate: '2028-07-31' } },
        { reason: 'academicSession.parent_shorter' },
        { reason: 'academicSession.dates_order' },
      ],
    }),
  )
  const { outcomes } = await api().academicSessions.createMany({
    items: [term('2027-08-01', '2027-12-18'), { ...term('2028-06-20', '2028-08-05'), parentId: '' }],
  })
  const terms = outcomes.map(({ id }) => ({ id: id ?? '', version: 1 }))
  await expect(api().academicSessions.updateMany({ items: terms, set: { parentId: year.id } })).rejects.toMatchObject(
    refused('many.refused', { refused: 1, outcomes: [{ ok: true }, { reason: 'academicSession.dates_outside' }] }),
  )
  const whole = { id: year.id, version: 1 }
  await expect(api().academicSessions.archiveMany({ items: [whole] })).rejects.toMatchObject(
    refused('record.in_use', { standing: [{ entity: 'academicSession', count: 1 }] }),
  )
  expect(await api().academicSessions.archiveMany({ items: [whole, ...terms] })).toMatchObject({ changed: 3 })
})

test('all guardians of a list are archived but for one, and the next is called first', async () => {
  const { id: studentId } = await api().students.create({ givenName: 'Of', familyName: label })
  for (const givenName of ['First', 'Second', 'Third'])
    await api().studentGuardians.create({
      studentId,
      guardian: { givenName, familyName: label },
      relation: 'parent',
    })
  const filter = { search: label }
  const { rows } = await api().guardians.list(filter)
  const except = rows.flatMap(({ id, givenName }) => (givenName === 'Second' ? id : []))
  const all = { filter, except, expected: 2 }
  await expect(api().guardians.archiveMany({ ...all, expected: 3 })).rejects.toMatchObject(
    refused('many.changed', { found: 2, expected: 3 }),
  )
  await expect(api().guardians.archiveMany(all)).rejects.toMatchObject(
    refused('record.in_use', { standing: [{ entity: 'student', count: 1, names: [`Of ${label}`] }] }),
  )
  const { operationId } = await api().guardians.archiveMany({ ...all, standing: 'end' })
  const guardians = () => api().studentGuardians.list({ studentId })
  expect(await guardians()).toMatchObject([{ givenName: 'Second', priority: 1 }])
  await undo(operationId)
  expect((await guardians()).map(({ givenName, priority }) => [givenName, priority])).toEqual([
    ['First', 1],
    ['Second', 2],
    ['Third', 3],
  ])
  await api().guardians.archiveMany({ ...all, standing: 'keep' })
  const archived = { filter: { ...filter, archived: true }, expected: 2 }
  expect(await api().guardians.restoreMany(archived)).toMatchObject({ changed: 2, outcomes: [] })
})
