import fc from 'fast-check'
import { expect, test } from 'vitest'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { makeRecords } from '../../setup/records.ts'
import { api, doing, makeStudent, school, undo } from '../../setup/school.ts'
import { cases } from '../../thorough.ts'

const guardian = (givenName: string) => ({ givenName, familyName: 'Abara', phone: '555 0100' })
const link = (studentId: string, more: object = {}) =>
  api().studentGuardians.create({ studentId, relation: 'mother', ...more })
const list = (studentId: string) => api().studentGuardians.list({ studentId })
const order = async (studentId: string) =>
  (await list(studentId)).map(({ givenName, priority }) => [priority, givenName])

test('a new guardian and the link to her are one operation', async () => {
  const { id: studentId } = await makeStudent()
  const [linked] = await link(studentId, { guardian: guardian('Gina'), hasCustody: true, mayPickUp: true })
  expect(linked).toMatchObject({
    givenName: 'Gina',
    relation: 'mother',
    priority: 1,
    hasCustody: true,
    livesWith: false,
  })
  expect(await api().guardians.get({ id: linked?.guardianId ?? '' })).toMatchObject({ phone: '555 0100' })
})

test('neither a guardian nor a link is made when the student is not there', async () => {
  const { id, version } = await api().students.create({ givenName: 'Gone', familyName: 'Abara' })
  await api().students.archive({ id, version })
  const before = await api().guardians.count({})
  await expect(link(id, { guardian: guardian('Gina') })).rejects.toMatchObject({
    cause: { reason: 'student.not_found' },
  })
  expect(await api().guardians.count({})).toBe(before)
})

test('a guardian is linked to a student once, and again after unlinking', async () => {
  const { id: studentId } = await makeStudent()
  const [{ id = '', version = 0, guardianId = '' } = {}] = await link(studentId, { guardian: guardian('Gina') })
  await expect(link(studentId, { guardianId })).rejects.toMatchObject({ cause: { reason: 'guardian.already_linked' } })
  expect(await api().studentGuardians.archive({ id, version })).toEqual([])
  expect(await link(studentId, { guardianId })).toHaveLength(1)
  await expect(api().studentGuardians.restore({ id, version: version + 1 })).rejects.toMatchObject({
    cause: { reason: 'guardian.already_linked' },
  })
})

test('a link names one guardian: not two, not none, not one of another school', async () => {
  const { id: studentId } = await makeStudent()
  const others = await makeRecords(await makeSchool('Other'))
  const reason = (reason: string) => ({ cause: expect.objectContaining({ reason }) })
  await expect(link(studentId)).rejects.toMatchObject(reason('guardian.not_found'))
  await expect(link(studentId, { guardianId: others.guardianId })).rejects.toMatchObject(reason('guardian.not_found'))
  const [{ guardianId = '' } = {}] = await link((await makeStudent({ givenName: 'Ben' })).id, {
    guardian: guardian('Gina'),
  })
  await expect(link(studentId, { guardianId, guardian: guardian('Two') })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
})

test('whoever is moved to a place is called then, and the others make room', async () => {
  const { id: studentId } = await makeStudent()
  for (const name of ['Ada', 'Ben', 'Cleo', 'Dan']) await link(studentId, { guardian: guardian(name) })
  const [, , cleo] = await list(studentId)
  await api().studentGuardians.update({ id: cleo?.id ?? '', version: 1, priority: 1 })
  expect(await order(studentId)).toEqual([
    [1, 'Cleo'],
    [2, 'Ada'],
    [3, 'Ben'],
    [4, 'Dan'],
  ])
  const [, ada] = await list(studentId)
  await api().studentGuardians.archive({ id: ada?.id ?? '', version: ada?.version ?? 0 })
  expect(await order(studentId)).toEqual([
    [1, 'Cleo'],
    [2, 'Ben'],
    [3, 'Dan'],
  ])
  await api().studentGuardians.restore({ id: ada?.id ?? '', version: (ada?.version ?? 0) + 1 })
  expect((await order(studentId))[1]).toEqual([2, 'Ada'])
  await link(studentId, { guardian: guardian('Eve'), priority: 2 })
  expect((await order(studentId)).map(([, name]) => name)).toEqual(['Cleo', 'Eve', 'Ada', 'Ben', 'Dan'])
})

test('however links are added, moved and removed, they are numbered 1, 2, 3 without gaps', async () => {
  const step = fc.record({
    verb: fc.constantFrom('add', 'move', 'remove'),
    at: fc.nat(5),
    place: fc.integer({ min: 1, max: 7 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const { id: studentId } = await makeStudent()
      for (const { verb, at, place } of steps) {
        const links = await list(studentId)
        const chosen = links[at % Math.max(1, links.length)]
        if (verb === 'add' || !chosen) await link(studentId, { guardian: guardian(`G${at}`), priority: place })
        else if (verb === 'move')
          await api().studentGuardians.update({ id: chosen.id, version: chosen.version, priority: place })
        else await api().studentGuardians.archive({ id: chosen.id, version: chosen.version })
        const numbers = (await list(studentId)).map(({ priority }) => priority)
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
      }
    }),
    { numRuns: cases(5, 12) },
  )
})

test('whoever is to have no contact neither picks up nor lives with the student, whatever was said', async () => {
  const { id: studentId } = await makeStudent()
  const [first] = await link(studentId, {
    guardian: guardian('Gina'),
    mayPickUp: true,
    livesWith: true,
    hasCustody: true,
  })
  const { id = '', version = 0 } = first ?? {}
  const [barred] = await api().studentGuardians.update({ id, version, isBarred: true, mayPickUp: true })
  expect(barred).toMatchObject({ isBarred: true, mayPickUp: false, livesWith: false, hasCustody: true })
  await expect(api().studentGuardians.update({ id, version, relation: 'father' })).rejects.toMatchObject({
    cause: { reason: 'studentGuardian.stale' },
  })
})

const siblings = async (id: string) => (await api().students.siblings({ id })).map(({ givenName }) => givenName)

test('children who live with the same guardian, or are in the same custody, are siblings', async () => {
  const [amara, ben, cleo, dan] = [
    (await makeStudent()).id,
    (await makeStudent({ givenName: 'Ben' })).id,
    (await makeStudent({ givenName: 'Cleo' })).id,
    (await makeStudent({ givenName: 'Dan' })).id,
  ]
  const [{ guardianId = '' } = {}] = await link(amara, {
    guardian: guardian('Gina'),
    livesWith: true,
    hasCustody: true,
  })
  await link(ben, { guardianId, livesWith: true })
  await link(cleo, { guardianId, hasCustody: true })
  await link(dan, { guardianId, mayPickUp: true })
  expect(await siblings(amara)).toEqual(['Ben', 'Cleo'])
  expect(await siblings(ben)).toEqual(['Sam'])
  expect(await siblings(dan)).toEqual([])
})

test('a caseworker makes no siblings, and neither does somebody barred, nor an archived student', async () => {
  const [amara, ben] = [(await makeStudent()).id, (await makeStudent({ givenName: 'Ben' })).id]
  const worker = { guardian: guardian('Case'), relation: 'caseworker', hasCustody: true }
  const [{ guardianId = '' } = {}] = await link(amara, worker)
  await link(ben, { ...worker, guardian: undefined, guardianId })
  expect(await siblings(amara)).toEqual([])
  const [, father] = await link(amara, { guardian: guardian('Fred'), hasCustody: true })
  await link(ben, { guardianId: father?.guardianId ?? '', hasCustody: true, isBarred: true })
  expect(await siblings(amara)).toEqual([])
  const cleo = (await makeStudent({ givenName: 'Cleo' })).id
  await link(cleo, { guardianId: father?.guardianId ?? '', hasCustody: true })
  expect(await siblings(amara)).toEqual(['Cleo'])
  await api().students.archive({ id: cleo, version: 1 })
  expect(await siblings(amara)).toEqual([])
})

test('an instructor learns nothing of guardians and siblings, whoever the student is', async () => {
  const mine = await makeRecords(school, 'Mine')
  const instructor = await makePerson(school, 'instructor', mine.instructorId)
  const forbidden = { code: 'FORBIDDEN' }
  await expect(as(instructor).studentGuardians.list({ studentId: mine.studentId })).rejects.toMatchObject(forbidden)
  await expect(as(instructor).students.siblings({ id: mine.studentId })).rejects.toMatchObject(forbidden)
  await expect(as(instructor).guardians.get({ id: mine.guardianId })).rejects.toMatchObject(forbidden)
})

test('a link comes back only while the guardian and the student are in use', async () => {
  const { id: studentId } = await makeStudent()
  const [{ id = '', version = 0, guardianId = '' } = {}] = await link(studentId, { guardian: guardian('Gina') })
  const operationId = await doing((who) => who.studentGuardians.archive({ id, version }))
  await api().guardians.archive({ id: guardianId, version: 1, standing: 'end' })
  const restore = () => api().studentGuardians.restore({ id, version: version + 1 })
  await expect(restore()).rejects.toMatchObject({ cause: { reason: 'guardian.not_found' } })
  await expect(undo(operationId)).rejects.toMatchObject({ cause: { reason: 'undo.changed' } })
  expect(await list(studentId)).toEqual([])
  await api().guardians.restore({ id: guardianId, version: 2 })
  await undo(operationId)
  expect(await order(studentId)).toEqual([[1, 'Gina']])
})
