/** The screens import this file too. */
import { z } from 'zod'
import { optional, version, words } from '../input.ts'

export const sourceName = words(255)
export const sourceSays = 'The source must have 1 to 255 characters, as the system or you call it'

const isTimeZone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
export const timeZone = z.string().max(60).refine(isTimeZone)
/** Every page formats dates with it, so `Intl` must accept it: `en-aa-bb` has the form of a tag and is none. */
const isLocale = (tag: string) => {
  try {
    return /^[a-z]{2,3}(-|$)/.test(tag) && Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
export const locale = z.string().max(35).refine(isLocale)

const weekday = z.int().min(1).max(7)
const weekdays = z
  .array(weekday)
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length)

const plain = (text: string) => text.normalize().toLowerCase().replace(/\s+/g, ' ')
const isUnique = (texts: readonly string[]) => new Set(texts.map(plain)).size === texts.length

const gradeLevels = z
  .array(z.strictObject({ code: words(50), name: words(50) }))
  .max(60)
  .refine((levels) => isUnique(levels.map(({ code }) => code)) && isUnique(levels.map(({ name }) => name)))

const digits = /^[^#]*#{1,9}[^#]*$/
/** The digits stand together; beside `{year}` and `{yy}` nothing is in braces. */
export const isNumberPattern = (text: string): boolean =>
  digits.test(text) && !/[{}]/.test(text.replaceAll('{year}', '').replaceAll('{yy}', ''))
/** `year` has four digits. A number that needs more digits than the pattern has gets them. */
export const writtenNumber = (pattern: string, number: number, year: string): string =>
  pattern
    .replaceAll('{year}', year)
    .replaceAll('{yy}', year.slice(2))
    .replace(/#+/, (digits) => String(number).padStart(digits.length, '0'))

/** A number has ten digits at most, and a student's may be 50 characters long. */
export const longestPattern = 40
const studentNumberPattern = optional(words(longestPattern).refine(isNumberPattern))

/** A day of the year, 'MM-DD'. */
const isDayOfYear = (text: string) => {
  const date = new Date(`2028-${text}T12:00:00Z`)
  return /^\d\d-\d\d$/.test(text) && date.toJSON()?.slice(5, 10) === text
}
const dayOfYear = z.string().refine(isDayOfYear)
const usualTerms = z.array(z.strictObject({ name: words(100), begins: dayOfYear, ends: dayOfYear })).max(12)

/** What the register itself holds sessions to: a school's limits are within these. */
export const idleMinutes = { least: 5, most: 480 } as const
export const sessionHours = { least: 1, most: 24 } as const

const fields = {
  name: words(200),
  timeZone,
  locale,
  weekdays,
  gradeLevels,
  studentNumberPattern,
  studentNumberFrom: z.int().min(1).max(999_999_999),
  idleMinutes: z.int().min(idleMinutes.least).max(idleMinutes.most).nullable(),
  sessionHours: z.int().min(sessionHours.least).max(sessionHours.most).nullable(),
  yearBegins: optional(dayOfYear),
  yearEnds: optional(dayOfYear),
  usualTerms,
}
/** Fields that are not given stay. */
export const updateSchoolInput = z.strictObject({ version, ...z.object(fields).partial().shape })
export type UpdateSchoolInput = z.infer<typeof updateSchoolInput>
