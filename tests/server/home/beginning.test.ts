import { expect, test } from 'vitest'
import { as, makePerson } from '../../setup/people.ts'
import { api, makeClass, makeRoom, makeStudent, makeTerm, registrar, school } from '../../setup/school.ts'

const admin = await makePerson(school, 'administrator')

test('a school is told how many of each kind it has; what is archived and who has not joined yet counts as people see it', async () => {
  const nothing = { academicSession: 0, room: 0, course: 0, instructor: 0, class: 0, student: 0 }
  expect(await as(admin).home.beginning()).toEqual({ ...nothing, membership: 2 })
  await makeTerm('Autumn')
  await makeClass()
  await makeStudent()
  const { id, version } = await makeRoom()
  expect((await api().home.beginning()).room).toBe(1)
  await api().rooms.archive({ id, version })
  expect(await as(admin).home.beginning()).toMatchObject({ academicSession: 1, class: 1, student: 1, room: 0 })
})

test('only administrators are told how many people were let in', async () => {
  expect((await as(registrar).home.beginning()).membership).toBeNull()
})
