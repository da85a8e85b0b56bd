/** `homeroom flags`, as somebody types it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../server/trpc.ts'
import { db, makePerson, makeSchool } from '../../setup/people.ts'
import { homeroom } from '../../setup/server.ts'

let person: Person
beforeAll(async () => {
  person = await makePerson(await makeSchool('Northgate'), 'registrar')
})
afterAll(() => db.close())

const flags = (...args: string[]) => homeroom(['flags', ...args])

test('what a flag serves is set, listed and taken back', async () => {
  expect((await flags('list')).said).toContain('presences (kill switch): on for everybody, by default')
  const set = await flags(
    'set',
    'move-page',
    '--percent',
    '5',
    '--people',
    person.email,
    '--roles',
    'viewer',
    '--owners',
    'yes',
  )
  expect(set).toMatchObject({ code: 0 })
  expect(set.said).toContain(`on for 5 % of the people, owners of the register, every viewer, ${person.email}`)
  expect((await flags('set', 'move-page', '--off', '--json')).said).toContain('"mode":"off"')
  const [listed] = JSON.parse((await flags('list', '--json')).said)
  expect(listed).toMatchObject({ key: 'move-page', version: 2, mode: 'off', percent: 5, changedBy: null })
  expect((await flags('set', 'move-page', '--default')).said).toContain('on for everybody, by default')
})

test.each([
  [['set', 'no-such-flag', '--off'], 1, 'There is no flag "no-such-flag"'],
  [['set', 'move-page', '--people', 'nobody@school.example'], 1, 'Nobody signs in as nobody@school.example'],
  [['set', 'presences', '--schools', 'nowhere'], 1, 'There is no school "nowhere"'],
  [['set', 'presences', '--roles', 'viewer'], 1, 'one answer for a whole school'],
  [['set', 'move-page', '--percent', '101'], 2, '--percent takes a whole number from 0 to 100'],
  [['set', 'move-page', '--percent', ''], 2, '--percent takes a whole number from 0 to 100'],
  [['set', 'move-page', '--roles', 'wizard'], 2, '--roles takes administrator'],
  [['set', 'move-page', '--from', 'soon'], 2, '--from takes a moment with its zone'],
  [['set', 'move-page', '--owners', 'maybe'], 2, '--owners takes yes or no'],
  [['set', 'move-page', '--on', '--off'], 2, 'Say one of --off, --on and --default'],
  [['set', 'move-page'], 2, 'Say one of --off, --on and --default'],
  [['set'], 2, 'Say which flag: move-page'],
  [['list', '--off'], 2, '--off does not belong to "flags list"'],
  [['stale', '--date', 'soon'], 2, '--date takes a day'],
  [['remove', 'move-page', '--as', 'maybe'], 2, '--as takes on or off'],
  [[], 2, 'Say "flags list"'],
])('flags %j ends with %i and says why', async (args, code, says) => {
  const { code: ended, output } = await flags(...args)
  expect({ ended, output }).toEqual({ ended: code, output: expect.stringContaining(says) })
})

test('what is stale is told with exit code 1, on the day that is asked for', async () => {
  expect(await flags('stale', '--date', '2026-12-02')).toMatchObject({
    code: 0,
    said: 'No flag is stale on 2026-12-02\n',
  })
  const { code, said } = await flags('stale', '--date', '2027-11-30', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(said)).toMatchObject({ toBeRemoved: [], unreferenced: [] })
  expect(JSON.parse(said).overdue[0]).toContain('The flag move-page is overdue')
})

test('each place that names a flag is told with its line and what it becomes', async () => {
  const { code, said } = await flags('remove', 'move-page', '--json')
  expect(code).toBe(0)
  const places = JSON.parse(said) as { file: string; line: number; text: string; becomes: string }[]
  const then = (file: string) => places.filter((place) => place.file === file).map((place) => place.becomes)
  expect(then('server/flags/registry.ts')).toEqual(['take the entry out'])
  expect(then('server/moves/start.ts')).toEqual(['false: take out what it guards'])
  expect(then('server/system/read.ts')).toEqual(['true: take this part of the condition out'])
  expect(then('client/moves/move-page.tsx')).toEqual(['isOffered is always true: put that in its place'])
  const off = JSON.parse((await flags('remove', 'move-page', '--as', 'off', '--json')).said) as typeof places
  expect(off.find(({ file }) => file === 'server/moves/start.ts')?.becomes).toBe('true: keep what it guards')
})
