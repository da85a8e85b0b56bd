import { expect, test } from 'vitest'
import { gradeIn } from '../../../../db/values.ts'
import { as, makePerson } from '../../../setup/people.ts'
import { api, makeStudent, school } from '../../../setup/school.ts'

const admin = await makePerson(school, 'administrator')
const set = async (gradeLevels: { code: string; name: string }[]) => {
  const { version } = await as(admin).schools.get()
  await as(admin).schools.update({ version, gradeLevels })
}
const levels = ['Sixth form', '07', '12', 'Nursery', '02', null]
for (const gradeLevel of levels) await makeStudent({ gradeLevel })

/** Page by page, so that each page begins where the one before ended. */
async function inOrder(descending: boolean) {
  const found: (string | null)[] = []
  let cursor: Awaited<ReturnType<ReturnType<typeof api>['students']['list']>>['next'] = null
  do {
    const page = await api().students.list({ sort: 'grade', descending, limit: 2, cursor })
    found.push(...page.rows.map(({ gradeLevel }) => gradeLevel))
    cursor = page.next
  } while (cursor)
  return found
}

test('lists follow the school’s order of grade levels; those not listed come after them, then who has none', async () => {
  expect(await inOrder(false)).toEqual(['02', '07', '12', 'Nursery', 'Sixth form', null])
  await set([
    { code: 'Nursery', name: 'Nursery' },
    { code: '07', name: 'Year 7' },
    { code: 'Sixth form', name: 'The sixth form' },
  ])
  const order = ['Nursery', '07', 'Sixth form', '02', '12', null]
  expect(await inOrder(false)).toEqual(order)
  expect(await inOrder(true)).toEqual(order.toReversed())
})

test('a renamed level keeps its students, and a level that is not listed any more too', async () => {
  await set([{ code: '07', name: 'Seventh' }])
  const { rows } = await api().students.list({ gradeLevel: '07' })
  expect(rows).toHaveLength(1)
  expect((await api().students.list({ gradeLevel: 'Nursery' })).rows).toHaveLength(1)
})

test.each([
  ['Seventh', '07'],
  ['the SIXTH  form', 'Sixth form'],
  ['Sixth form', 'Sixth form'],
  ['Grade 9', '09'],
  ['Grade 1-2', undefined],
  ['unknown', undefined],
])('files that say %s mean %s', (text, code) => {
  const own = [
    { code: '07', name: 'Seventh' },
    { code: 'Sixth form', name: 'The sixth form' },
  ]
  expect(gradeIn(text, own)).toBe(code)
})
