import { expect, test } from 'vitest'
import { as, makePerson, makeSchool } from '../../setup/people.ts'
import { api, makeClass, makeRoom, makeStudent, makeTerm } from '../../setup/school.ts'

test('two comes before ten, in whatever is listed by a title or a number', async () => {
  const called = ['Lab 10', 'lab 9b', 'Lab 9', 'Lab 2', 'Annex']
  for (const name of called) {
    await makeRoom({ name })
    await api().departments.create({ name })
    await api().programs.create({ name, type: 'other' })
    await api().courses.create({ title: name })
    await makeTerm(name)
    await makeClass(null, { title: name })
    await makeStudent({ number: name })
  }
  const inOrder = ['Annex', 'Lab 2', 'Lab 9', 'lab 9b', 'Lab 10']
  const pages = { limit: 200 }
  const lists: Record<string, (string | null)[]> = {
    rooms: (await api().rooms.list({})).map(({ name }) => name),
    departments: (await api().departments.list({})).map(({ name }) => name),
    programs: (await api().programs.list({})).map(({ name }) => name),
    courses: (await api().courses.list({})).map(({ title }) => title),
    terms: (await api().academicSessions.list({})).map(({ title }) => title),
    classes: (await api().classes.list(pages)).rows.map(({ title }) => title),
    numbers: (await api().students.list({ ...pages, sort: 'number' })).rows.map(({ number }) => number),
  }
  for (const [list, names] of Object.entries(lists)) expect(names, list).toEqual(inOrder)
})

test('grades of other systems come after those of the list, nine before ten, on the pages of a list too', async () => {
  const person = await makePerson(await makeSchool(), 'registrar')
  const office = () => as(person).students
  const grades = [
    'Stufe 10',
    '10',
    'Stufe 9',
    '11th form',
    null,
    'KG',
    '9th form',
    '09',
    'Upper',
    'stufe 2',
    'IT',
    '07a',
  ]
  for (const gradeLevel of grades) await office().create({ givenName: 'Sam', familyName: 'Vance', gradeLevel })
  const inOrder = [
    'IT',
    'KG',
    '09',
    '10',
    '07a',
    '9th form',
    '11th form',
    'stufe 2',
    'Stufe 9',
    'Stufe 10',
    'Upper',
    null,
  ]
  for (const descending of [false, true]) {
    const found: (string | null)[] = []
    for (let cursor: Cursor = null, isMore = true; isMore; ) {
      const { rows, next } = await office().list({ sort: 'grade', descending, limit: 5, cursor })
      found.push(...rows.map(({ gradeLevel }) => gradeLevel))
      cursor = next
      isMore = next !== null
    }
    expect(found).toEqual(descending ? inOrder.toReversed() : inOrder)
  }
})
type Cursor = Parameters<ReturnType<typeof as>['students']['list']>[0]['cursor']
