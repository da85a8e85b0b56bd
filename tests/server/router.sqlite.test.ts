/** What pages of the release before ask and read is taken and answered. tests/contract tells how that is found out. */
import { expect, test } from 'vitest'
import { differences } from '../contract/differences.ts'
import { unpromised } from '../contract/judged.ts'
import { written } from '../contract/notation.ts'
import { apiOfToday, routerOfToday } from '../contract/of-today.ts'
import { contractAt, dateOfCommit, lastRelease, promisedApi, promisedRouter } from '../contract/promised.ts'
import { routerBreaks } from '../contract/router.ts'
import { newShape, schemaOf, see } from '../contract/shape.ts'
import { breakSentence } from '../contract/words.ts'

const promised = promisedRouter()
const answers = Object.fromEntries(Object.entries(promised).map(([path, { answer }]) => [path, answer]))
const today = routerOfToday(answers)

test('no page that is open is refused for what it sends', () => {
  expect(routerBreaks(promised, today).map(breakSentence)).toEqual([])
})

test('every procedure is recorded as it is', () => {
  const others = Object.keys({ ...promised, ...today }).filter(
    (path) => JSON.stringify(promised[path]) !== JSON.stringify(today[path]),
  )
  expect(others, 'record them: npm run contract -- --record').toEqual([])
})

test('every procedure has an answer that tests have seen', () => {
  expect(
    Object.keys(today).filter((path) => !answers[path]),
    'call it in a test, and record what it answers: npm run contract -- --record <that test>',
  ).toEqual([])
})

test('what the last release promised is kept', () => {
  const release = lastRelease()
  const was = release ? contractAt(release) : { api: promisedApi(), router: promised }
  const { breaks } = differences(was, { api: apiOfToday(), router: today }, dateOfCommit())
  expect(breaks.map(breakSentence)).toEqual([])
})

const shapeOf = (...answers: unknown[]) => {
  const shape = newShape()
  for (const answer of answers) see(shape, answer)
  return schemaOf(shape)
}

test('of an answer its keys and types are kept, and of its texts only words of our own lists', () => {
  const room = { id: '0197a1b2-0000-7000-8000-000000000000', name: 'Ada Byron', seats: null, archivedAt: new Date(0) }
  const seen = shapeOf(
    { rooms: [room, { ...room, seats: 3, extra: undefined }], counts: { '2026-11-20': 1, [room.id]: 2 } },
    { rooms: [], counts: {}, status: 'active', note: 'active' },
  )
  expect(written(seen)).toEqual({
    counts: { '*': 'number' },
    'note?': 'string',
    rooms: [{ archivedAt: 'string date-time', id: 'string uuid', name: 'string', seats: 'number | null' }],
    'status?': { '=': ['active', 'inactive'] },
  })
})

test('what a test is answered beyond the record is told with what to do', () => {
  const was = { 'rooms.get': { type: 'query', answer: shapeOf({ id: 'a', name: 'One', seats: 3, status: 'active' }) } }
  const told = (answer: object) => unpromised({ 'rooms.get': shapeOf(answer) }, 'tests/x.test.ts', was)
  expect(told({ id: 'b', name: 'Two', seats: null, status: 'inactive' }), 'seats may be empty in the database').toEqual(
    [],
  )
  expect(told({ id: 'b', name: 'Two', seats: 3, status: 'active', walls: 4 })).toEqual([
    'rooms.get answers walls, which is not recorded: npm run contract -- --record tests/x.test.ts',
  ])
  const found = told({ id: 'b', seats: 'many', status: 'left' }).join('\n')
  expect(found).toContain('may answer string in `seats`, which was only number. Pages of the release before read it')
  expect(found).toContain('may answer any string in `status`')
  expect(found).toMatch(/answers `name` no more\. .* If it always could be so: npm run contract -- --record/)
})
