/** Two people paste the same at once: whoever comes second is told, and nobody is there twice without having been asked. */
import { expect, test } from 'vitest'
import type { Caller } from '../../setup/people.ts'
import { api, makeTerm } from '../../setup/school.ts'

let made = 0
const name = () => `Alike${++made}`
const refused = (...indexes: number[]) => ({
  cause: {
    reason: 'many.refused',
    details: {
      refused: indexes.length,
      outcomes: expect.arrayContaining(
        indexes.map((index) => expect.objectContaining({ index, reason: 'record.alike' })),
      ),
    },
  },
})
const found = async (search: string) => (await api().students.list({ search, limit: 200 })).rows

type Add = (who: Caller, item: { beside?: number }) => Promise<unknown>
/** Of each kind that is told apart by more than its number: one record, again and again. */
const kinds: Record<string, (label: string) => Add> = {
  students: (familyName) => (who, item) =>
    who.students.createMany({ items: [{ familyName, givenName: 'Kim', birthDate: '2012-01-02', ...item }] }),
  guardians: (familyName) => (who, item) =>
    who.guardians.createMany({ items: [{ familyName, givenName: 'Kim', phone: '555 0100', ...item }] }),
  instructors: (familyName) => (who, item) =>
    who.instructors.createMany({ items: [{ familyName, givenName: 'Kim', ...item }] }),
  courses: (title) => (who, item) => who.courses.createMany({ items: [{ title, ...item }] }),
  classes: (title) => (who, item) => who.classes.createMany({ items: [{ title, ...item }] }),
  academicSessions: (title) => (who, item) =>
    who.academicSessions.createMany({
      items: [{ title, type: 'term', startDate: '2026-09-01', endDate: '2026-12-18', ...item }],
    }),
}

test.each(Object.entries(kinds))('of %s that two people add at once, the second is asked first', async (_, kind) => {
  const add = kind(name())
  const both = await Promise.allSettled([add(api(), { beside: 0 }), add(api(), { beside: 0 })])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused(0) })
  await add(api(), { beside: 1 })
  await expect(add(api(), { beside: 1 })).rejects.toMatchObject(refused(0))
  await add(api(), { beside: 2 })
  await add(api(), {})
})

test('nothing of a paste is lost when one of its rows was added meanwhile: it is skipped, or completes that record', async () => {
  const familyName = name()
  const rows = ['Ada', 'Bea', 'Cem'].map((givenName) => ({ givenName, familyName, birthDate: '2012-01-02', beside: 0 }))
  await api().students.createMany({ items: rows.slice(1, 2) })
  await expect(api().students.createMany({ items: rows })).rejects.toMatchObject(refused(1))
  expect(await found(familyName)).toHaveLength(1)
  const people = [{ givenName: 'Bea', familyName }]
  const [bea] = await api().students.alike({ people, numbers: [] })
  const update = { id: String(bea?.id), version: Number(bea?.version), gradeLevel: '07' }
  const [ada, , cem] = rows
  await api().students.createMany({ items: [{ ...ada }, update, { ...cem }] })
  expect((await found(familyName)).map(({ givenName, gradeLevel }) => [givenName, gradeLevel])).toEqual([
    ['Ada', null],
    ['Bea', '07'],
    ['Cem', null],
  ])
})

test('who has another birth date, is archived, or is called otherwise is somebody else', async () => {
  const familyName = name()
  const kim = { givenName: 'Kim', familyName, birthDate: '2012-01-02' }
  const { id, version } = await api().students.create({ ...kim, givenName: 'Gone' })
  await api().students.archive({ id, version })
  await api().students.create(kim)
  const others = [
    { ...kim, birthDate: '2013-03-04' },
    { ...kim, givenName: 'Gone' },
    { ...kim, givenName: 'Lee' },
  ]
  await api().students.createMany({ items: others.map((one) => ({ ...one, beside: 0 })) })
  const twice = [
    { ...kim, givenName: 'KÍM', birthDate: '', beside: 0 },
    { ...kim, givenName: 'Lee', birthDate: '', beside: 0 },
  ]
  await expect(api().students.createMany({ items: twice })).rejects.toMatchObject(refused(0, 1))
})

test('the same title in other terms is another class', async () => {
  const title = name()
  const [fall, spring] = [
    await makeTerm('Fall'),
    await makeTerm('Spring', { startDate: '2027-01-05', endDate: '2027-04-01' }),
  ]
  const add = (academicSessionId: string) =>
    api().classes.createMany({ items: [{ title, academicSessionIds: [academicSessionId], beside: 0 }] })
  await add(fall.id)
  await add(spring.id)
  await expect(add(spring.id)).rejects.toMatchObject(refused(0))
})
