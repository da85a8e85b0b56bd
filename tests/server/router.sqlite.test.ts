/** What pages of the release before ask and read is taken and answered. tests/contract tells how that is found out. */
import { expect, test } from 'vitest'
import { differences } from '../contract/differences.ts'
import { apiOfToday, routerOfToday } from '../contract/of-today.ts'
import { contractAt, dateOfCommit, lastRelease, promisedApi, promisedRouter } from '../contract/promised.ts'
import { routerBreaks } from '../contract/router.ts'
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
