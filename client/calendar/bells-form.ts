/** What is typed into the table of periods and bells, and what of it is sent. */
import { readTime } from '../meetings/read-time.ts'
import type { Inputs, Outputs } from '../trpc.ts'

export type Bells = Outputs['periods']['list']
export interface TypedPeriod {
  key: string
  id?: string | undefined
  code: string
  name: string
}
export interface TypedSchedule {
  key: string
  id?: string | undefined
  name: string
  isDefault: boolean
  /** By the period's key. */
  times: Record<string, { start: string; end: string; countsMinutes?: boolean }>
}
export interface TypedBells {
  periods: TypedPeriod[]
  schedules: TypedSchedule[]
}

let last = 0
const newKey = () => `new ${++last}`

export const typedOf = ({ periods, schedules }: Bells, shown: (time: string) => string): TypedBells => ({
  periods: periods.map(({ id, code, name }) => ({ key: id, id, code, name })),
  schedules: schedules.map(({ id, name, isDefault, times }) => ({
    ...{ key: id, id, name, isDefault },
    times: Object.fromEntries(
      times.map(({ periodId, startTime, endTime, countsMinutes }) => [
        periodId,
        { start: shown(startTime), end: shown(endTime), countsMinutes },
      ]),
    ),
  })),
})

export const withPeriod = (bells: TypedBells): TypedBells => {
  const number = String(bells.periods.length + 1)
  return { ...bells, periods: [...bells.periods, { key: newKey(), code: number, name: number }] }
}
export const withSchedule = (bells: TypedBells, name: string): TypedBells => ({
  ...bells,
  schedules: [...bells.schedules, { key: newKey(), name, isDefault: !bells.schedules.length, times: {} }],
})
export function withoutSchedule(bells: TypedBells, key: string): TypedBells {
  const left = bells.schedules.filter((one) => one.key !== key)
  const hasUsual = left.some(({ isDefault }) => isDefault)
  return {
    ...bells,
    schedules: left.map((one, index) => ({ ...one, isDefault: hasUsual ? one.isDefault : index === 0 })),
  }
}

type Wrong = 'code' | 'name' | 'time'
const repeats = (texts: readonly string[], text: string) => texts.filter((one) => one.trim() === text.trim()).length > 1

/** By the id of the field. */
export function wrongIn({ periods, schedules }: TypedBells): Map<string, Wrong> {
  const wrong = new Map<string, Wrong>()
  for (const { key, code, name } of periods) {
    if (
      !code.trim() ||
      repeats(
        periods.map((one) => one.code),
        code,
      )
    )
      wrong.set(`code ${key}`, 'code')
    if (!name.trim()) wrong.set(`name ${key}`, 'name')
  }
  for (const { key, name, times } of schedules) {
    if (
      !name.trim() ||
      repeats(
        schedules.map((one) => one.name),
        name,
      )
    )
      wrong.set(`schedule ${key}`, 'name')
    for (const period of periods) {
      const { start = '', end = '' } = times[period.key] ?? {}
      const [from, to] = [readTime(start), readTime(end)]
      const isEmpty = !start.trim() && !end.trim()
      if (!isEmpty && !(from && to && from < to)) wrong.set(`${period.key} ${key}`, 'time')
    }
  }
  return wrong
}

export const inputOf = ({ periods, schedules }: TypedBells, seen: Bells): Inputs['periods']['save'] => ({
  periods: periods.map(({ id, code, name }) => ({ ...(id && { id }), code, name })),
  schedules: schedules.map(({ id, name, isDefault, times }) => ({
    ...{ ...(id && { id }), name, isDefault },
    times: periods.flatMap(({ key }, period) => {
      const { start = '', end = '', countsMinutes } = times[key] ?? {}
      const [startTime, endTime] = [readTime(start), readTime(end)]
      return startTime && endTime
        ? [{ period, startTime, endTime, ...(countsMinutes === false && { countsMinutes }) }]
        : []
    }),
  })),
  seen: [...seen.periods, ...seen.schedules].map(({ id, version }) => ({ id, version })),
})

const textOf = (bells: TypedBells, seen: Bells) => JSON.stringify(inputOf(bells, seen)) + [...wrongIn(bells)].join()
/** Something is typed that saving would change, or that cannot be saved yet. */
export const isTyped = (bells: TypedBells, from: Bells, shown: (time: string) => string): boolean =>
  textOf(bells, from) !== textOf(typedOf(from, shown), from)
