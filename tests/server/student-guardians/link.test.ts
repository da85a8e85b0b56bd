import { expect, test } from 'vitest'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { api, undo } from '../../setup/school.ts'

let made = 0
const family = () => `Family${++made}`
type Item = Parameters<ReturnType<typeof api>['students']['createMany']>[0]['items'][number]
const paste = (items: Item[]) => api().students.createMany({ items })
const mother = (familyName: string, more: object = {}) => ({
  relation: 'mother',
  givenName: 'Gina',
  familyName,
  phone: '(614) 555-0100',
  ...more,
})
const guardiansOf = async (studentId = '') =>
  (await api().studentGuardians.list({ studentId })).map(
    ({ guardianId, givenName, relation, priority, phone, email }) => ({
      ...{ guardianId, givenName, relation, priority, phone, email },
    }),
  )
const count = (search: string) => api().guardians.count({ search })

test('guardians come with their pasted students; siblings share one, whose row completes her, and one undo takes all back', async () => {
  const name = family()
  const father = { relation: 'father', givenName: 'Tom', familyName: name, email: `T${name}@x.example` }
  const { outcomes, operationId } = await paste([
    { givenName: 'Ada', familyName: name, guardians: [mother(name), father] },
    {
      givenName: 'Bea',
      familyName: name,
      guardians: [mother(name, { phone: '+1 614 555 0100', email: 'g@x.example' }), null],
    },
    { givenName: 'Cy', familyName: name, guardians: [mother(name, { phone: '614 555 0199' })] },
  ])
  const [ada, bea, cy] = outcomes.map(({ id }) => id)
  const [gina, tom] = await guardiansOf(ada)
  expect(gina).toMatchObject({ relation: 'mother', priority: 1, phone: '(614) 555-0100', email: 'g@x.example' })
  expect(tom).toMatchObject({ relation: 'father', priority: 2, email: `t${name.toLowerCase()}@x.example` })
  expect((await guardiansOf(bea)).map(({ guardianId }) => guardianId)).toEqual([gina?.guardianId])
  expect((await guardiansOf(cy))[0]?.guardianId, 'of one name, with another phone').not.toBe(gina?.guardianId)
  expect(await count(name)).toBe(3)
  await undo(operationId)
  expect(await count(name)).toBe(0)
  expect(await api().students.count({ search: name })).toBe(0)
})

test('a guardian of the register is found by name and contact, stays as she is, and is not found by her name alone', async () => {
  const name = family()
  const { id } = await api().guardians.create({ givenName: 'Gina', familyName: name, otherPhone: '614-555-0100' })
  const { outcomes } = await paste([
    { givenName: 'Ada', familyName: name, guardians: [mother(name, { email: 'new@x.example' })] },
    { givenName: 'Bea', familyName: name, guardians: [mother(name, { phone: null })] },
  ])
  expect(await guardiansOf(outcomes[0]?.id)).toMatchObject([{ guardianId: id, phone: null, email: null }])
  expect((await guardiansOf(outcomes[1]?.id))[0]?.guardianId).not.toBe(id)
  expect(await count(name)).toBe(2)
})

test('a student who is changed keeps her guardians: whom she has is told the new contact, another one is called after them', async () => {
  const name = family()
  const { outcomes } = await paste([{ givenName: 'Ada', familyName: name, guardians: [mother(name)] }])
  const [{ id = '', version = 0 } = {}] = outcomes
  const aunt = { relation: 'relative', givenName: 'Ann', familyName: name }
  const again = { id, version: version ?? 0, guardians: [mother(name, { phone: '614 555 0177' }), aunt] }
  await paste([again])
  expect(await guardiansOf(id)).toMatchObject([
    { givenName: 'Gina', phone: '614 555 0177', priority: 1 },
    { givenName: 'Ann', relation: 'relative', priority: 2 },
  ])
  const [found] = await api().students.alike({ people: [{ givenName: 'Ada', familyName: name }] })
  expect(found?.guardians).toMatchObject([{ givenName: 'Gina', phone: '614 555 0177' }, { givenName: 'Ann' }])
})

test('whoever is put away stays as she is: the row adds a guardian whom people see', async () => {
  const name = family()
  const { outcomes } = await paste([{ givenName: 'Ada', familyName: name, guardians: [mother(name)] }])
  const [{ id = '', version = 0 } = {}] = outcomes
  const [{ guardianId = '' } = {}] = await guardiansOf(id)
  const seen = { id: guardianId, version: (await api().guardians.get({ id: guardianId })).version }
  const away = await api().guardians.archive({ ...seen, standing: 'keep' })
  await paste([{ id, version: version ?? 0, guardians: [mother(name, { phone: '614 555 0188' })] }])
  expect(await api().guardians.get({ id: guardianId })).toMatchObject({ version: away.version, phone: away.phone })
  const [told] = await api().contacts.list({ studentIds: [id] })
  expect(told?.guardians).toMatchObject([{ givenName: 'Gina', phone: '614 555 0188' }])
})

test('a guardian without a name, with a bad e-mail or of no known relation refuses the row at its place', async () => {
  const name = family()
  const bad = [
    null,
    mother('', { givenName: '' }),
    mother(name, { email: 'nope' }),
    mother(name, { relation: 'friend' }),
  ]
  await expect(paste([{ givenName: 'Ada', familyName: name, guardians: bad }])).rejects.toMatchObject({
    cause: {
      reason: 'many.refused',
      details: {
        outcomes: [
          {
            index: 0,
            issues: expect.arrayContaining(
              ['1.givenName', '2.email', '3.relation'].map((at) =>
                expect.objectContaining({ path: `guardians.${at}` }),
              ),
            ),
          },
        ],
      },
    },
  })
  expect(await count(name)).toBe(0)
})

test('another school has none of these guardians, and nobody of its own is found', async () => {
  const name = family()
  const other = await makeSchool()
  const person = await makePerson(other, 'registrar')
  await as(person).guardians.create({ givenName: 'Gina', familyName: name, phone: '(614) 555-0100' })
  await paste([{ givenName: 'Ada', familyName: name, guardians: [mother(name)] }])
  expect([await count(name), await as(person).guardians.count({ search: name })]).toEqual([1, 1])
})
