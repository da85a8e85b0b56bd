/** The moments, the zone and the locale at which the tests must pass, and how a command's clock is set to one (libfaketime). */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export interface Moment {
  name: string
  /** What is special about it. Each begins shortly before, so that it passes while the tests run. */
  title: string
  /** Without one the clock is right. */
  at?: Date
  env?: Record<string, string>
}

function inTwoYears(): Date {
  const date = new Date()
  date.setUTCFullYear(date.getUTCFullYear() + 2)
  return date
}

export const moments: readonly Moment[] = [
  { name: 'sunday', title: 'a Sunday', at: new Date('2027-01-17T10:00:00Z') },
  { name: 'new-year', title: 'New Year’s Eve, at midnight', at: new Date('2027-12-31T23:59:00Z') },
  { name: 'leap-day', title: '29 February 2028, at midnight', at: new Date('2028-02-29T23:59:00Z') },
  { name: 'london-spring', title: 'summer time begins in London', at: new Date('2027-03-28T00:59:00Z') },
  { name: 'london-autumn', title: 'summer time ends in London', at: new Date('2027-10-31T00:59:00Z') },
  { name: 'new-york-spring', title: 'summer time begins in New York', at: new Date('2027-03-14T06:59:00Z') },
  { name: 'new-york-autumn', title: 'summer time ends in New York', at: new Date('2027-11-07T05:59:00Z') },
  // 18 June 2027 there.
  { name: 'demo-ends', title: 'the last day of the demo’s school year', at: new Date('2027-06-19T03:59:00Z') },
  { name: 'in-two-years', title: 'two years on', at: inTwoYears() },
  { name: 'kiritimati', title: 'in the zone that is first to see a day', env: { TZ: 'Pacific/Kiritimati' } },
  { name: 'arabic', title: 'in a locale with other digits', env: { LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' } },
]

export function momentOf(wanted: string): Moment {
  const moment = moments.find(({ name }) => name === wanted)
  if (moment) return moment
  throw new Error(`There is no ${wanted}, only ${moments.map(({ name }) => name).join(', ')}`)
}

/** Debian's and Ubuntu's libraries lie in a folder named after the platform. */
const folders = [
  '/usr/lib64',
  ...(existsSync('/usr/lib') ? readdirSync('/usr/lib') : []).map((name) => `/usr/lib/${name}`),
]

/** The file to load before a program, or undefined where libfaketime is not installed. */
export const libfaketime: string | undefined = folders
  .map((folder) => join(folder, 'faketime/libfaketimeMT.so.1'))
  .find((file) => existsSync(file))

export const howToInstall = 'apt-get install libfaketime'

/** Makes a command begin at this moment, with all that it starts: one distance from the right time for every process. */
export function environmentAt({ at, env = {} }: Moment): Record<string, string> {
  if (!at) return env
  if (!libfaketime) throw new Error(`This needs libfaketime: ${howToInstall}`)
  const seconds = Math.round((at.getTime() - Date.now()) / 1000)
  return {
    ...env,
    LD_PRELOAD: libfaketime,
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Otherwise Chromium, whose threads wait by the monotonic clock, waits for ever.
    FAKETIME_FORCE_MONOTONIC_FIX: '0',
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes what libfaketime leaves in memory of processes that were killed. */
export function sweep(folder = '/dev/shm'): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = /^(?:sem\.faketime_sem|faketime_shm)_(\d+)$/.exec(name)?.[1]
    if (pid && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true })
  }
}
