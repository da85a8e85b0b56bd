/**
 * `npm run contract`: what apps and open pages are promised now, beside what the last release promised, or `-- --base v1.2.0`;
 * without a release, beside what is committed.
 *
 *   -- --record tests/server/students  renews what is committed, with what these tests are answered, unless it breaks a promise
 *   -- --record … --widened            also where an answer may be more than any test had shown
 *   -- --pages e2e/students.test       adds what pages send in browser tests
 *   -- --on 2027-05-01                 says which day it is
 */
import { parseArgs } from 'node:util'
import { differences } from './differences.ts'
import { apiOfToday, routerOfToday } from './of-today.ts'
import { recordCalls } from './page-calls.ts'
import type { Contract } from './promised.ts'
import { contractAt, lastRelease, promisedApi, promisedRouter, writePromised } from './promised.ts'
import { record } from './record.ts'
import { breakSentence, shortSentence } from './words.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string' },
    on: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    pages: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    widened: { type: 'boolean', default: false },
  },
})

const committed: Contract = { api: promisedApi(), router: promisedRouter() }
const answersOf = ({ router }: Contract) =>
  Object.fromEntries(Object.entries(router).map(([path, { answer }]) => [path, answer]))
const ofToday = (): Contract => ({ api: apiOfToday(), router: routerOfToday(answersOf(committed)) })

function say(name: string, was: Contract, is: Contract): number {
  const { breaks, gone, news } = differences(was, is, values.on)
  const lines = [
    ...breaks.map((one) => `BREAKS   ${breakSentence(one)}`),
    ...gone.map((one) => `went     ${shortSentence(one)}, as was said`),
    ...news.map((one) => `new      ${one}`),
  ]
  console.log([...new Set(lines)].join('\n') || 'Nothing differs.')
  console.log(`\nAgainst ${name}: ${breaks.length} that break, ${gone.length} that went, ${news.length} new`)
  return breaks.length ? 1 : 0
}

const base = values.base ?? lastRelease()
process.exitCode = values.pages
  ? recordCalls(positionals)
  : values.record
    ? record(committed, positionals, { ...values, write: writePromised })
    : base
      ? say(base, contractAt(base), ofToday())
      : say('what is committed', committed, ofToday())
