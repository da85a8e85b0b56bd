import { expect, test } from 'vitest'
import { importFiles, schoolOf, smallSchool } from '../bundle.ts'

const users = 'sourcedId,orgSourcedIds,role,givenName,familyName,grades'
const refused = async (content: string, message: string | RegExp) => {
  await expect(importFiles(smallSchool('broken', { 'users.csv': content }))).rejects.toThrow(message)
  expect(await schoolOf('broken')).toBeUndefined()
}

test.each([
  ['in a row', 's1,broken,student,Ada,One,09\ns2,broken,student,Bo'],
  ['in the second row, after a short one', 's1,broken,student\ns2,broken,student,Bo'],
  ['in its only row', 's1,broken,student,Ada'],
])('a file that breaks off %s is refused by the line', (_, rows) => {
  const line = rows.split('\n').length + 1
  return refused(`${users}\n${rows}`, `users.csv ends in the middle of line ${line}: it is not whole`)
})

test('a file whose rows are all short, and that ends without a line break, is whole', async () => {
  const rows = 's1,all-short,student,Ada,One\ns2,all-short,student,Bo,Two'
  const { isApplied } = await importFiles(smallSchool('all-short', { 'users.csv': `${users}\n${rows}` }), {
    skipInvalid: true,
  })
  expect(isApplied).toBe(true)
})

test.each([
  ['a row', 's1,broken,student,"Ada,One,09\ns2,broken,student,Bo,Two,09\n', 2],
  ['the third row', 's1,broken,student,Ada,One,09\n\ns2,broken,student,Bo,"Two,09\n', 4],
])('a quote in %s that is never closed is found where it opens', (_, rows, line) =>
  refused(`${users}\n${rows}`, `users.csv has a quote that is never closed, in the row of line ${line}`),
)

test.each([
  ['nothing', ''],
  ['blank lines', '\r\n\r\n'],
  ['nothing but a byte order mark', '\ufeff'],
])('a file that holds %s is refused', (_, content) => refused(content, 'users.csv is empty'))

test.each([
  ['JSON on one line', '{"error":"token expired"}', 'JSON'],
  ['JSON on several lines', '\n{\n  "error": "gone"\n}\n', 'JSON'],
  ['a list in JSON', '[{"sourcedId":"s1"}]', 'JSON'],
  ['a page', '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', 'HTML or XML'],
  ['a page after a byte order mark', '\ufeff<html>\n<title>Sign in</title>\n', 'HTML or XML'],
])('%s instead of rows is refused', (_, content, format) =>
  refused(content, `users.csv is no CSV file but ${format}, as servers answer with an error`),
)

test('one line of plain text is refused by the column that it lacks', () =>
  refused('Internal Server Error', 'users.csv has no column sourcedId'))

test('a quote in the first line that closes below is refused', () =>
  refused(`sourcedId,"orgSourcedIds,role,givenName\ns1,broken,"student,Ada\n`, 'users.csv has a quote on line 1'))
