import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UnavailableError } from '../../../../db/errors.ts'
import { open } from '../../../../db/open.ts'
import { importSources } from '../../../../db/schema/index.ts'
import { db } from '../../../setup/people.ts'
import type { Files } from '../../oneroster/bundle.ts'
import { everythingIn, rowsIn, schoolOf, smallSchool, usersFile } from '../../oneroster/bundle.ts'
import { settle, watched } from '../watched.ts'

const time = '2026-11-20T090000Z'
const manifest = (code: string, mode = 'bulk') =>
  `propertyName,value\nsource.systemCode,${code}\n${['orgs', 'academicSessions', 'courses', 'classes', 'users', 'enrollments'].map((file) => `file.${file},${mode}\n`).join('')}`
/** Of a system of its own, which has the school's name. */
const roster = (org: string, more: Files = {}) => smallSchool(org, { 'manifest.csv': manifest(org), ...more })
const outcomeOf = async (source: string) =>
  (await db.select().from(importSources)).find((outcome) => outcome.source === source)
const noId = { 'users.csv': usersFile(',,,w,student,Ada,One,,,') }

test('a zip that is no longer written is brought in once, and lies in done under the time with its report', async () => {
  const folder = watched()
  folder.put('roster.zip', roster('arrived'))
  await folder.look()
  expect(folder.has()).toEqual(['roster.zip'])
  await folder.lookAfter()
  expect(await rowsIn('students', 'arrived')).toMatchObject([{ givenName: 'Amara' }])
  const place = `done/${time}-roster`
  expect(folder.has()).toEqual([place, `${place}/report.txt`, `${place}/roster.zip`])
  expect(folder.read(place, 'report.txt')).toBe('roster.zip: brought in')
  expect(await outcomeOf('arrived')).toMatchObject({ outcome: 'done', name: 'roster.zip', done: 1, failed: 0 })
  await folder.lookAfter()
  expect(folder.told).toEqual([`roster.zip -> ${place}`])
  folder.put('roster.zip', roster('arrived'))
  await folder.lookAfter()
  expect(folder.told[1]).toBe(`roster.zip -> done/${time}-2-roster`)
  expect(folder.brought[1]?.result?.totals.student).toMatchObject({ new: 0, changed: 0, same: 1 })
})

test('what an uploader still writes is left alone, whatever it is called meanwhile', async () => {
  const folder = watched()
  folder.put('.roster.zip.a7Xk', roster('slow'))
  folder.put('roster.zip.filepart', roster('slow'))
  await folder.lookAfter()
  expect(folder.told).toEqual([])
  renameSync(join(folder.path, 'roster.zip.filepart'), join(folder.path, 'roster.zip'))
  for (let part = 0; part < 5; part++) {
    await folder.lookAfter(settle - 1)
    appendFileSync(join(folder.path, 'roster.zip'), 'x')
  }
  expect(folder.told).toEqual([])
  expect(folder.exists('roster.zip')).toBe(true)
})

test('a zip without its end is still arriving; after an hour without a change it is refused', async () => {
  const folder = watched()
  folder.put('roster.zip', roster('half'))
  truncateSync(join(folder.path, 'roster.zip'), 700)
  await folder.lookAfter(10 * settle)
  expect(folder.told).toEqual([])
  await folder.lookAfter(50 * settle)
  const place = `failed/${time}-roster`
  expect(folder.told).toEqual([`roster.zip -> ${place}`])
  expect(folder.brought[0]?.failure?.sentence).toMatch(/^roster\.zip is no zip that can be read/)
  expect(folder.read(place, 'report.txt')).toContain('no zip')
})

test.each(['', 'night'])('files one by one wait for all that their manifest announces, in %j', async (inside) => {
  const org = `one-by-one${inside}`
  const folder = watched()
  const { 'enrollments.csv': last = '', ...first } = roster(org)
  folder.putFiles(first, inside)
  await folder.lookAfter()
  expect(folder.told).toEqual([])
  folder.putFiles({ 'enrollments.csv': last }, inside)
  await folder.lookAfter()
  expect(folder.told).toHaveLength(1)
  expect(await rowsIn('enrollments', org)).toHaveLength(1)
  expect(folder.exists('users.csv')).toBe(false)
})

test('what is no bundle stays, and is told once', async () => {
  const folder = watched()
  folder.putFiles({ 'notes.txt': 'call the district' })
  mkdirSync(join(folder.path, 'archive'))
  await folder.lookAfter()
  await folder.lookAfter()
  expect(folder.told.toSorted()).toEqual(['ignored archive', 'ignored notes.txt'])
  expect(folder.has()).toEqual(['archive', 'notes.txt'])
})

test('a refused bundle lies in failed beside the reason, and the night after brings the next one in', async () => {
  const folder = watched()
  folder.put('a.zip', roster('refused', noId))
  await folder.lookAfter()
  expect(folder.told).toEqual([`a.zip -> failed/${time}-a`])
  expect(folder.read(`failed/${time}-a`, 'report.txt')).toMatch(/rows rejected\. .*has no sourcedId/)
  expect(await outcomeOf('refused')).toMatchObject({
    ...{ outcome: 'failed', reason: 'rejected', failed: 1, done: 0, lastSuccessAt: null },
    found: { rejected: { total: 3 } },
  })
  expect(await rowsIn('students', 'refused')).toEqual([])
  folder.put('a.zip', roster('refused'))
  await folder.lookAfter()
  expect(await outcomeOf('refused')).toMatchObject({
    outcome: 'done',
    reason: null,
    sentence: null,
    failed: 1,
    done: 1,
  })
})

test('another system code needs a person: the register stays as it is, and the source that came here before is told', async () => {
  const folder = watched()
  folder.put('a.zip', roster('code'))
  await folder.lookAfter()
  const before = await everythingIn((await schoolOf('code')) ?? { id: 0 })
  folder.put('b.zip', roster('code', { 'manifest.csv': manifest('code-2') }))
  await folder.lookAfter()
  expect(folder.brought[1]?.failure).toMatchObject({ reason: 'refused', sentence: expect.stringContaining('--source') })
  expect(await everythingIn((await schoolOf('code')) ?? { id: 0 })).toEqual(before)
  expect(await outcomeOf('code')).toMatchObject({ outcome: 'failed', name: 'b.zip' })
  expect(await outcomeOf('code-2')).toBeUndefined()
})

test('after a refused bundle, one of changes alone is refused too, until a complete one has come', async () => {
  const folder = watched()
  const delta = (grade: string) => ({
    'manifest.csv': manifest('held', 'delta'),
    'users.csv': usersFile(`s1,,,held,student,Amara,Abara,100,,${grade}`),
  })
  folder.put('1.zip', roster('held'))
  await folder.lookAfter()
  folder.put('2.zip', { ...delta('10'), 'users.csv': usersFile(',,,held,student,Bo,Two,,,') })
  await folder.lookAfter()
  folder.put('3.zip', delta('11'))
  await folder.lookAfter()
  expect(folder.brought[2]?.failure).toMatchObject({ reason: 'held', sentence: expect.stringContaining('2.zip') })
  expect(await rowsIn('students', 'held')).toMatchObject([{ gradeLevel: '09' }])
  folder.put('4.zip', roster('held'))
  await folder.lookAfter()
  folder.put('5.zip', delta('11'))
  await folder.lookAfter()
  expect(folder.told[4]).toContain('5.zip -> done')
  expect(await rowsIn('students', 'held')).toMatchObject([{ gradeLevel: '11' }])
})

test('two watchers of one folder bring each bundle in once', async () => {
  const one = watched()
  const other = watched({}, one.path)
  const names = Array.from({ length: 6 }, (_, n) => `${n}.zip`)
  for (const [n, name] of names.entries()) one.put(name, roster(`shared${n}`))
  await Promise.all([one.look(), other.look()])
  await Promise.all([one.lookAfter(), other.lookAfter()])
  const told = [...one.told, ...other.told]
  expect(told.map((line) => line.split(' ')[0]).toSorted()).toEqual(names)
  for (const n of names.keys()) expect(await outcomeOf(`shared${n}`)).toMatchObject({ done: 1, failed: 0 })
  expect(one.has().filter((name) => name.startsWith('working'))).toEqual([])
})

test('a bundle that a killed process left is brought in by the next one, wherever it was', async () => {
  const folder = watched()
  // Killed before it moved the zip, after it, and after it had brought it in and written the report.
  folder.put('first.zip', roster('killed1'))
  mkdirSync(join(folder.path, 'working/first.zip'), { recursive: true })
  for (const name of ['second.zip', 'third.zip']) {
    mkdirSync(join(folder.path, 'working', name))
    folder.put(`working/${name}/${name}`, roster(name === 'second.zip' ? 'killed2' : 'killed3'))
  }
  const before = watched()
  before.put('third.zip', roster('killed3'))
  await before.lookAfter()
  writeFileSync(join(folder.path, 'working/third.zip/report.txt'), 'brought in')
  await folder.lookAfter()
  expect(folder.told).toEqual([])
  await folder.lookAfter()
  await folder.lookAfter()
  expect(folder.told.map((line) => line.split(' ')[0]).toSorted()).toEqual(['first.zip', 'second.zip', 'third.zip'])
  for (const org of ['killed1', 'killed2', 'killed3']) expect(await rowsIn('students', org)).toHaveLength(1)
  expect(folder.brought.map(({ result }) => result?.totals.student.new).toSorted()).toEqual([0, 1, 1])
  expect(folder.has().filter((name) => name.startsWith('working'))).toEqual([])
})

test('a bundle over which three processes ended is refused', async () => {
  const folder = watched()
  folder.put('deadly.zip', roster('deadly'))
  for (let times = 0; times < 3; times++) {
    mkdirSync(join(folder.path, 'working/deadly.zip'), { recursive: true })
    renameSync(join(folder.path, 'deadly.zip'), join(folder.path, 'working/deadly.zip/deadly.zip'))
    await folder.lookAfter(2 * settle)
  }
  await folder.lookAfter()
  expect(folder.told).toEqual([`deadly.zip -> failed/${time}-deadly`])
  expect(folder.brought[0]?.failure?.reason).toBe('brokeOff')
  expect(await rowsIn('students', 'deadly')).toEqual([])
  expect(folder.has().filter((name) => name.startsWith('working'))).toEqual([])
})

test('a bundle that broke off stays beside the newer one of its name', async () => {
  const folder = watched()
  mkdirSync(join(folder.path, 'working/a.zip'), { recursive: true })
  folder.put('working/a.zip/a.zip', roster('older', { 'users.csv': usersFile('s1,,,older,student,Old,One,,,') }))
  folder.put('a.zip', roster('older'))
  await folder.lookAfter(2 * settle)
  await folder.lookAfter()
  expect(await rowsIn('students', 'older')).toMatchObject([{ givenName: 'Amara' }])
  const failed = folder.has().filter((name) => /^failed\/.*(zip|txt)$/.test(name))
  expect(failed.map((name) => name.split('/')[2])).toEqual(['a.zip', 'report.txt'])
})

test('a folder that is away is told once, and watched again when it is back', async () => {
  const folder = watched()
  rmSync(folder.path, { recursive: true })
  await folder.lookAfter()
  await folder.look()
  expect(folder.told).toEqual(['trouble ENOENT'])
  expect(folder.exists()).toBe(false)
  mkdirSync(folder.path)
  folder.put('a.zip', roster('away'))
  await folder.lookAfter()
  expect(folder.told).toEqual(['trouble ENOENT', 'well', `a.zip -> done/${time}-a`])
})

test('a database that is away for a while is told once, and the bundle stays until it is back', async () => {
  let isAway = true
  const folder = watched({
    open: () => (isAway ? Promise.reject(new UnavailableError('away', { trouble: 'away' })) : open()),
  })
  folder.put('a.zip', roster('patient'))
  await folder.lookAfter()
  await folder.look()
  expect(folder.told).toEqual(['trouble UnavailableError'])
  expect(folder.has()).toEqual(['a.zip'])
  isAway = false
  await folder.look()
  expect(folder.told.slice(1)).toEqual([`a.zip -> done/${time}-a`, 'well'])
})

test('a process that is to end leaves a bundle that it has not begun to write where it was', async () => {
  let isStopping = false
  const folder = watched({
    isStopping: () => isStopping,
    async open() {
      isStopping = true
      return open()
    },
  })
  folder.put('a.zip', roster('ending'))
  await folder.lookAfter()
  expect(folder.told).toEqual([])
  expect(folder.has()).toEqual(['a.zip'])
  expect(await rowsIn('students', 'ending')).toEqual([])
})

test('a bundle that can be put nowhere is given back as soon as the folder takes changes again', async () => {
  let isSound = true
  const folder = watched({
    reportOf() {
      if (!isSound) return ''
      isSound = false
      renameSync(join(folder.path, 'done'), join(folder.path, 'away'))
      writeFileSync(join(folder.path, 'done'), '')
      return ''
    },
  })
  folder.put('a.zip', roster('stuck'))
  await folder.lookAfter()
  expect(folder.told).toEqual(['trouble ENOTDIR'])
  expect(folder.has()).toContain('a.zip')
  rmSync(join(folder.path, 'done'))
  renameSync(join(folder.path, 'away'), join(folder.path, 'done'))
  await folder.look()
  expect(folder.told.slice(1)).toEqual([`a.zip -> done/${time}-a`, 'well'])
})
