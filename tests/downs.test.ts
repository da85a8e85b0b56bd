/** The way back that each step must have, and that drizzle-kit does not mistake it for a step. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Those before this one were written without a way back. */
const first = '0016'

const folders = ['drizzle/sqlite', 'drizzle/postgresql']
const stepsOf = (folder: string) =>
  (JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as { entries: { tag: string }[] }).entries.map(
    ({ tag }) => tag,
  )
const downsOf = (folder: string) =>
  readdirSync(folder).flatMap((file) => (file.endsWith('.down.sql') ? file.replace('.down.sql', '') : []))
const saysWhyNot = (folder: string, tag: string) =>
  /^-- irreversible: \S/m.test(readFileSync(`${folder}/${tag}.sql`, 'utf8'))

test.each(folders)('each step of %s has a file that takes it back, or says why it can not be', (folder) => {
  const without = stepsOf(folder).filter(
    (tag) => tag >= first && !downsOf(folder).includes(tag) && !saysWhyNot(folder, tag),
  )
  expect(
    without,
    `write ${folder}/${without[0]}.down.sql by hand, or the line "-- irreversible: <why>" into ${without[0]}.sql`,
  ).toEqual([])
})

test.each(folders)('no file of %s takes back what is no step or can not be taken back', (folder) => {
  expect(downsOf(folder).filter((tag) => !stepsOf(folder).includes(tag))).toEqual([])
  expect(downsOf(folder).filter((tag) => saysWhyNot(folder, tag))).toEqual([])
})

test('both databases have the same ways back', () => {
  const [sqlite = '', postgresql = ''] = folders
  expect(downsOf(sqlite)).toEqual(downsOf(postgresql))
})
