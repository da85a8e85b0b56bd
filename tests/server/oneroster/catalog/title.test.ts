import { expect, test } from 'vitest'
import { importFiles, rowsIn, smallSchool } from '../bundle.ts'

const classes = (org: string, title: string, code: string) => ({
  'classes.csv': `sourcedId,title,classCode,courseSourcedId,schoolSourcedId,termSourcedIds\nc1,${title},${code},art,${org},fall\n`,
})
const titles = async (org: string) => (await rowsIn('classes', org)).map(({ title }) => title)

test('an empty title empties none: the one of the register stays', async () => {
  await importFiles(smallSchool('titled', classes('titled', 'Art 1', 'A-1')))
  const { texts } = await importFiles(smallSchool('titled', classes('titled', '', 'A-2')))
  expect(texts.warnings).toEqual(["classes.csv, line 2, column title: has no title; the register's stays"])
  expect(await titles('titled')).toEqual(['Art 1'])
})

test('a class without a title is called by its code, also by a later one, until it has a title', async () => {
  for (const [title, code, expected] of [
    ['', 'A-1', 'A-1'],
    ['', 'A-2', 'A-2'],
    ['Art', 'A-2', 'Art'],
  ] as const) {
    await importFiles(smallSchool('coded', classes('coded', title, code)))
    expect(await titles('coded')).toEqual([expected])
  }
})

test('a class without a title whose course is not there is rejected: its cells may have slid', async () => {
  await importFiles(smallSchool('slid', classes('slid', 'Art 1', 'A-1')))
  const files = {
    'classes.csv':
      'sourcedId,title,courseSourcedId,classCode,location,schoolSourcedId,termSourcedIds\nc1,,Art 1,art,A-1,slid,fall\n',
  }
  const { texts } = await importFiles(smallSchool('slid', files), { skipInvalid: true })
  expect(texts.rejected).toEqual([
    'classes.csv, line 2: has no title, and its course is not there: its cells may stand in wrong columns',
  ])
  expect(await rowsIn('classes', 'slid')).toMatchObject([{ title: 'Art 1', code: 'A-1' }])
})
