/** Which student numbers were given. They are kept as ranges, since an erasure leaves no number of a person. */
import type { GivenNumbers } from '../../db/schema/index.ts'
import { writtenNumber } from './input.ts'

const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Has one group, the digits. A pattern with `{year}` has the numbers of all years. */
function formOf(pattern: string): RegExp {
  const parts = pattern.split(/(\{year\}|\{yy\}|#+)/).map((part) => {
    if (part === '{year}') return '\\d{4}'
    if (part === '{yy}') return '\\d{2}'
    return /^#+$/.test(part) ? `(\\d{${part.length}}|[1-9]\\d{${part.length},9})` : plain(part)
  })
  return new RegExp(`^${parts.join('')}$`)
}

/** Null where the pattern does not make the number. */
export function placeIn(pattern: string, number: string): number | null {
  const digits = formOf(pattern).exec(number)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The places of a pattern from `first` on whose numbers were not given; the year stands in the pattern. */
export function* notGiven(pattern: string, given: readonly GivenNumbers[], first: number) {
  const own = given.filter((range) => range.pattern === pattern)
  const others = given
    .filter((range) => range.pattern !== pattern)
    .map((range) => ({ ...range, form: formOf(range.pattern) }))
  for (let place = first; ; place += 1) {
    const range = own.find(({ from, to }) => from <= place && place <= to)
    if (range) {
      place = range.to
      continue
    }
    const number = writtenNumber(pattern, place, '')
    const isOther = others.some(({ form, from, to }) => {
      const at = Number(form.exec(number)?.[1] ?? Number.NaN)
      return from <= at && at <= to
    })
    if (!isOther) yield { place, number }
  }
}

/** Ranges of one pattern that meet become one. */
export function withGiven(given: readonly GivenNumbers[], more: GivenNumbers): GivenNumbers[] {
  const meets = ({ pattern, from, to }: GivenNumbers) =>
    pattern === more.pattern && from <= more.to + 1 && more.from <= to + 1
  const met = [...given.filter(meets), more]
  const one = { from: Math.min(...met.map(({ from }) => from)), to: Math.max(...met.map(({ to }) => to)) }
  return [...given.filter((range) => !meets(range)), { pattern: more.pattern, ...one }]
}

interface Numbering {
  studentNumberPattern: string | null
  studentNumberFrom: number
  studentNumberLast: number
  studentNumbersGiven: GivenNumbers[]
}

/** A server of an older version counts only the last number; in which years it gave them, nobody knows. */
export function givenSoFar(school: Numbering): GivenNumbers[] {
  const { studentNumberPattern: pattern, studentNumberFrom: first, studentNumberLast: to } = school
  const given = school.studentNumbersGiven
  if (!pattern || !to) return given
  const isKnown = given.some(
    (range) => range.to >= to && placeIn(pattern, writtenNumber(range.pattern, to, '2000')) === to,
  )
  return isKnown ? given : withGiven(given, { pattern, from: Math.min(first, to), to })
}
