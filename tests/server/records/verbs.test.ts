/** What every short list of the register does alike: departments, programs, rooms, courses, terms, instructors. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { as, makePerson } from '../../setup/people.ts'
import { registrar, school } from '../../setup/school.ts'

let viewer: Person
beforeAll(async () => {
  viewer = await makePerson(school, 'viewer')
})

interface Made {
  id: string
  version: number
  archivedAt: string | null
}
interface Verbs {
  list(input?: object): Promise<{ id: string }[]>
  get(input: object): Promise<Made>
  create(input: object): Promise<Made>
  update(input: object): Promise<Made>
  archive(input: object): Promise<Made>
  restore(input: object): Promise<Made>
}
const kinds = [
  ['departments', 'department', { name: 'Science' }, { name: 'Sciences' }],
  ['programs', 'program', { name: 'Nursing', type: 'diploma' }, { type: 'certificate' }],
  ['rooms', 'room', { name: 'B12', seats: 30 }, { seats: 24 }],
  ['courses', 'course', { title: 'Biology', code: 'BIO1', credits: '1.5' }, { code: 'BIO2' }],
  [
    'academicSessions',
    'academicSession',
    { title: 'Spring', type: 'term', startDate: '2027-01-05', endDate: '2027-04-01' },
    { endDate: '2027-03-31' },
  ],
  ['instructors', 'instructor', { givenName: 'Ida', familyName: 'Holm', email: 'ida@x.example' }, { familyName: 'Å' }],
] as const
const verbsFor = (person: Person, feature: (typeof kinds)[number][0]) => as(person)[feature] as unknown as Verbs

describe.each(kinds)('%s', (feature, entity, fields, change) => {
  const office = () => verbsFor(registrar, feature)
  const ids = async (archived: boolean) => (await office().list({ archived })).map(({ id }) => id)

  test('one is made, shown, changed, archived and brought back', async () => {
    const made = await office().create(fields)
    expect(made).toMatchObject({ ...fields, ...(feature === 'courses' && { credits: '1.50' }), version: 1 })
    expect(await office().get({ id: made.id })).toEqual(made)
    const { id } = made
    expect(await office().update({ id, version: 1, ...change })).toMatchObject({ ...change, version: 2 })
    expect(await office().archive({ id, version: 2 })).toMatchObject({ version: 3, archivedAt: expect.any(String) })
    expect([await ids(false), await ids(true)]).toEqual([
      expect.not.arrayContaining([id]),
      expect.arrayContaining([id]),
    ])
    expect(await office().restore({ id, version: 3 })).toMatchObject({ version: 4, archivedAt: null })
    expect(await ids(false)).toContain(id)
    await office().archive({ id, version: 4 })
  })

  test('a change of what somebody else has changed meanwhile is refused, and says who did what', async () => {
    const { id } = await office().create(fields)
    await office().update({ id, version: 1, ...change })
    await expect(office().update({ id, version: 1, ...change })).rejects.toMatchObject({
      cause: {
        reason: `${entity}.stale`,
        details: { changes: [{ by: 'The registrar', fields: Object.keys(change), version: 2 }] },
      },
    })
    await office().archive({ id, version: 2 })
  })

  test('a viewer reads them and changes nothing', async () => {
    const { id } = await office().create(fields)
    expect(await verbsFor(viewer, feature).get({ id })).toMatchObject({ id })
    for (const verb of ['update', 'archive'] as const)
      await expect(verbsFor(viewer, feature)[verb]({ id, version: 1 })).rejects.toMatchObject({
        cause: { reason: 'permission.missing' },
      })
    await office().archive({ id, version: 1 })
  })
})

test.each([
  ['departments', { name: 'Twice' }, 'department.name_taken'],
  ['programs', { name: 'Twice', type: 'other' }, 'program.name_taken'],
  ['rooms', { name: 'Twice' }, 'room.name_taken'],
  ['courses', { title: 'Twice', code: 'TWICE' }, 'course.code_taken'],
] as const)(
  '%s: a name that is taken is refused, and free again once its owner is archived',
  async (feature, fields, reason) => {
    const first = await verbsFor(registrar, feature).create(fields)
    await expect(verbsFor(registrar, feature).create(fields)).rejects.toMatchObject({ cause: { reason } })
    await verbsFor(registrar, feature).archive({ id: first.id, version: 1 })
    await verbsFor(registrar, feature).create(fields)
    await expect(verbsFor(registrar, feature).restore({ id: first.id, version: 2 })).rejects.toMatchObject({
      cause: { reason },
    })
  },
)
