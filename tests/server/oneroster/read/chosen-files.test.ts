import { expect, test } from 'vitest'
import { looksLikeOurs } from '../../../../server/oneroster/read/chosen-files.ts'
import { importAt, importFiles, smallSchool, zipOf } from '../bundle.ts'

test.each([
  'enrollments.csv.txt',
  'users (1).csv',
  'users - Copy.csv',
  'Copy of users.csv',
  'Users.csv.csv',
  'classes.xlsx',
  'user.csv',
  'academic_sessions.csv',
  'orgs-2.csv',
])('%s looks like a file of ours', (name) => {
  expect(looksLikeOurs(name)).toBe(true)
})

test.each(['users.csv', 'USERS.CSV', 'notes.txt', 'people.csv', 'readme', 'users', 'homework.csv', '.csv'])(
  '%s does not',
  (name) => {
    expect(looksLikeOurs(name)).toBe(false)
  },
)

test('files that look like ours and are not read are told, in a folder and in a zip', async () => {
  const files = { ...smallSchool('hidden'), 'enrollments.csv.txt': 'sourcedId\n', 'notes.txt': 'x' }
  const says =
    'not read: enrollments.csv.txt. If it belongs to this bundle, give it the name of its file, such as users.csv'
  const { notes } = await importFiles(files)
  expect(notes.filter((note) => note.startsWith('not read'))).toEqual([says])
  const zipped = await importAt(zipOf(Object.entries(files)))
  expect(zipped.notes).toContain(says)
})
