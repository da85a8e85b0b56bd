import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { academicSessions } from '../../../db/schema/index.ts'
import { refusal, seen } from '../../setup/answers.ts'
import { db } from '../../setup/people.ts'
import { api, doing, makeTerm, registrar, school, undo } from '../../setup/school.ts'
import { everything, sinceThen } from './undoing.ts'

const year = (title: string) =>
  api().academicSessions.create({ title, type: 'schoolYear', startDate: '2026-08-01', endDate: '2027-07-31' })
const get = (id: string) => api().academicSessions.get({ id })

test('the days of a term go back to what they were, and forth again when the undo is undone', async () => {
  const autumn = await makeTerm('Autumn', { parentId: (await year('A')).id })
  const operationId = await doing((who) => who.academicSessions.update({ ...seen(autumn), endDate: '2026-12-11' }))
  const undone = await undo(operationId)
  expect(undone).toMatchObject({
    changed: 1,
    about: { deed: 'change', entity: 'academicSession', count: 1, name: 'Autumn' },
  })
  expect(await get(autumn.id)).toMatchObject({ endDate: '2026-12-18', version: 3 })
  await undo(undone.operationId)
  expect(await get(autumn.id)).toMatchObject({ endDate: '2026-12-11', version: 4 })
})

test('a year does not become too short again for a term that was added to it since', async () => {
  const shortYear = await year('B')
  const operationId = await doing((who) => who.academicSessions.update({ ...seen(shortYear), endDate: '2027-08-31' }))
  const summer = await makeTerm('Summer', { parentId: shortYear.id, startDate: '2027-05-01', endDate: '2027-08-20' })
  await expect(undo(operationId)).rejects.toMatchObject(refusal('academicSession.leaves_out', { title: 'Summer' }))
  expect(await get(shortYear.id)).toMatchObject({ endDate: '2027-08-31' })
  await api().academicSessions.update({ ...seen(summer), endDate: '2027-07-20' })
  await undo(operationId)
  expect(await get(shortYear.id)).toMatchObject({ endDate: '2027-07-31' })
})

test('an archived term comes back, but not outside a year that has become shorter since', async () => {
  const within = await year('C')
  const autumn = await makeTerm('Autumn', { parentId: within.id })
  const operationId = await doing((who) => who.academicSessions.archive(seen(autumn)))
  const shorter = await api().academicSessions.update({ ...seen(within), endDate: '2026-11-30' })
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('academicSession.dates_outside', { startDate: '2026-08-01', endDate: '2026-11-30' }),
  )
  await api().academicSessions.update({ ...seen(shorter), endDate: '2026-12-31' })
  await undo(operationId)
  expect(await get(autumn.id)).toMatchObject({ archivedAt: null })
})

test('a term that an import placed outside its year is taken back to where it was', async () => {
  const within = await year('D')
  const autumn = await makeTerm('Autumn', { parentId: within.id })
  await db.transaction(school.id, (tx) =>
    tx
      .update(academicSessions)
      .set({ endDate: '2028-01-31' })
      .where(and(eq(academicSessions.schoolId, school.id), eq(academicSessions.id, autumn.id))),
  )
  const operationId = await doing((who) => who.academicSessions.update({ ...seen(autumn), endDate: '2026-12-18' }))
  await undo(operationId)
  expect(await get(autumn.id)).toMatchObject({ endDate: '2028-01-31' })
})

test('a term that classes have come to stand on since is not taken away again', async () => {
  const operationId = await doing((who) =>
    who.academicSessions.create({ title: 'Trial', type: 'term', startDate: '2027-01-01', endDate: '2027-03-31' }),
  )
  const trial = (await api().academicSessions.list()).find(({ title }) => title === 'Trial')
  const klass = await api().classes.create({ title: 'Pottery', academicSessionIds: [trial?.id ?? ''] })
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('undo.changed', { records: [{ entity: 'classTerm', name: 'Pottery', by: registrar.name, way: 'screen' }] }),
  )
  await api().classes.update({ ...seen(klass), academicSessionIds: [] })
  await undo(operationId)
  expect(await get(trial?.id ?? '')).toMatchObject({ archivedAt: expect.any(String) })
})

test('the terms a class runs in go back together with its other fields', async () => {
  const [autumn, spring] = [
    await makeTerm('Autumn'),
    await makeTerm('Spring', { startDate: '2027-01-04', endDate: '2027-04-01' }),
  ]
  const klass = await api().classes.create({ title: 'Pottery', academicSessionIds: [autumn.id] })
  const before = await everything()
  const operationId = await doing((who) =>
    who.classes.update({ ...seen(klass), title: 'Clay', academicSessionIds: [spring.id] }),
  )
  const done = await everything()
  const undone = await undo(operationId)
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
  await undo(undone.operationId)
  const redone = await everything()
  expect((await api().classes.get({ id: klass.id })).terms).toMatchObject([{ id: spring.id }])
  expect([...redone.keys()]).toEqual([...done.keys()])
})

test('a class is not put back into a term that was archived since: the term and who archived it are named', async () => {
  const autumn = await makeTerm('Old autumn')
  const klass = await api().classes.create({ title: 'Pottery', academicSessionIds: [autumn.id] })
  const operationId = await doing((who) => who.classes.update({ ...seen(klass), academicSessionIds: [] }))
  await api().academicSessions.archive(seen(autumn))
  await expect(undo(operationId)).rejects.toMatchObject(
    refusal('undo.changed', {
      records: [{ entity: 'academicSession', id: autumn.id, name: 'Old autumn', by: registrar.name }],
    }),
  )
})

test('a class that is taken back takes its terms along', async () => {
  const autumn = await makeTerm('Autumn')
  const before = await everything()
  const operationId = await doing((who) => who.classes.create({ title: 'Oops', academicSessionIds: [autumn.id] }))
  const undone = await undo(operationId)
  expect(undone.about).toEqual({ deed: 'add', entity: 'class', count: 1, name: 'Oops' })
  expect(sinceThen(before, await everything())).toEqual({ known: before, left: [] })
})
