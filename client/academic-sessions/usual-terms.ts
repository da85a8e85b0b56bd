/** What the form of a new school year or term begins with, by the school's settings. */
import type { UsualTerm } from '../../db/values.ts'

interface Days {
  title: string
  startDate: string
  endDate: string
}
export interface UsualYear extends Days {
  /** The year in which it ends, as OneRoster 1.2 has it. */
  schoolYear: number
}
interface Usuals {
  yearBegins?: string | null | undefined
  yearEnds?: string | null | undefined
  usualTerms?: readonly UsualTerm[] | undefined
}

/** The 29th of February is the 28th in most years. */
const dayIn = (year: number, day: string): string => {
  const date = new Date(`${year}-${day}T12:00:00Z`)
  return date.toJSON()?.slice(5, 10) === day ? `${year}-${day}` : `${year}-02-28`
}
/** The first such day of the year from a day on. */
const dayFrom = (from: string, day: string): string => {
  const year = Number(from.slice(0, 4))
  const here = dayIn(year, day)
  return here >= from ? here : dayIn(year + 1, day)
}

/** The first school year that is not over and not there yet; undefined where the school has not said when one begins. */
export function nextYear(
  { yearBegins, yearEnds }: Usuals,
  years: readonly Pick<Days, 'startDate' | 'endDate'>[],
  today: string,
): UsualYear | undefined {
  if (!yearBegins || !yearEnds) return undefined
  const first = Number(today.slice(0, 4)) - 1
  for (let year = first; year < first + 5; year++) {
    const startDate = dayIn(year, yearBegins)
    const endDate = dayFrom(startDate, yearEnds)
    const isThere = years.some((one) => one.startDate <= endDate && startDate <= one.endDate)
    const ends = Number(endDate.slice(0, 4))
    const title = ends === year ? String(year) : `${year}–${String(ends).slice(2)}`
    if (endDate >= today && !isThere) return { title, startDate, endDate, schoolYear: ends }
  }
  return undefined
}

/** The first usual term that the year lacks. Its days are within the year's. */
export function nextTerm(
  { usualTerms = [] }: Usuals,
  year: Pick<Days, 'startDate' | 'endDate'>,
  there: readonly Pick<Days, 'title'>[],
): Days | undefined {
  const next = usualTerms.find(({ name }) => !there.some(({ title }) => title.trim() === name.trim()))
  if (!next) return undefined
  const startDate = dayFrom(year.startDate, next.begins)
  const endDate = dayFrom(startDate, next.ends)
  const isWithin = endDate <= year.endDate
  return { title: next.name, startDate: isWithin ? startDate : '', endDate: isWithin ? endDate : '' }
}
