/** The tests at a moment, as steps. */
import { browserDateTests, otherBrowserTests, serverDateTests } from './date-tests.ts'
import type { Moment } from './moments.ts'
import { environmentAt, howToInstall, libfaketime, momentOf } from './moments.ts'
import { browserTests, serverTests } from './runners.ts'
import type { Step } from './steps.ts'

const atMoment = (moment: Moment, step: Step): Step => ({
  ...step,
  name: `${step.name}: ${moment.title}`,
  env: () => ({ ...step.env?.(), ...environmentAt(moment) }),
})

/** All of them. */
export const stepsAt = (moment: Moment): Step[] => [
  atMoment(moment, serverTests('unit and server tests', `vitest-${moment.name}`)),
  atMoment(moment, browserTests('browser tests', `browser-${moment.name}`)),
]

/** One database tells what two would. */
const onOneDatabase = ['--project=unit', '--project=sqlite']
const serverDates = (moment: Moment): Step =>
  atMoment(
    moment,
    serverTests('server tests of dates', `vitest-${moment.name}`, ...onOneDatabase, ...serverDateTests()),
  )
const browserDates = (moment: Moment): Step =>
  atMoment(moment, browserTests('browser tests of dates', `browser-${moment.name}`, ...browserDateTests()))

/** Those that depend on dates. */
export const dateSteps = (moment: Moment): Step[] => [serverDates(moment), browserDates(moment)]

/**
 * All tests, in the time of one run. Those that depend on dates run at two moments: on SQLite and in the browser there alone,
 * on PostgreSQL now. Where libfaketime is not installed all run now, and the check says so.
 */
export function stepsOfCheck(): Record<'server' | 'dates' | 'browser', Step[]> {
  const server = serverTests('unit and server tests, on SQLite and on PostgreSQL', 'vitest')
  if (!libfaketime) {
    console.log(`NOT RUN: the tests at other dates. They need libfaketime: ${howToInstall}`)
    return { server: [server], dates: [], browser: [browserTests('browser tests', 'browser')] }
  }
  return {
    server: [{ ...server, env: () => ({ ...server.env?.(), HOMEROOM_TESTS_OF_DATES: 'elsewhere' }) }],
    dates: [serverDates(momentOf('leap-day'))],
    browser: [
      browserTests('browser tests', 'browser', ...otherBrowserTests()),
      browserDates(momentOf('london-autumn')),
    ],
  }
}

/** Two moments for what runs now too. */
export const datesInFull = (): Step[] =>
  libfaketime ? [serverDates(momentOf('leap-day')), browserDates(momentOf('london-autumn'))] : []
