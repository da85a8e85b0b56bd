/** How names stand in a pasted column: their order, and whether they are in capitals. */
import type { NameOrder } from '../people.ts'
import { plain } from './guess-fields.ts'

/** The family names of nine in ten people in Viet Nam, where they come first. */
const vietnamese = new Set(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh mai truong lam'.split(' '),
)
const isVietnamese = (cell: string): boolean => {
  const [first = '', second] = cell.trim().split(/\s+/)
  return second !== undefined && !cell.includes(',') && vietnamese.has(plain(first).replaceAll('đ', 'd'))
}

/** A suggestion: people see each name as it is read, and change it for the column. */
export function nameOrderOf(cells: readonly string[]): NameOrder {
  const filled = cells.slice(0, 200).filter((cell) => cell.trim())
  return filled.filter(isVietnamese).length * 2 > filled.length ? 'familyFirst' : 'familyLast'
}

/** Names with a comma say their order themselves. */
export const isOrdered = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell.includes(',') || !/\S\s+\S/.test(cell.trim()))

const letters = (text: string): string => text.replace(/[^\p{L}]/gu, '')
const isCapital = (cell: string): boolean => {
  const own = letters(cell)
  return own.length > 1 && own === own.toUpperCase() && own !== own.toLowerCase()
}
export function areCapitals(cells: readonly string[]): boolean {
  const filled = cells.slice(0, 200).filter((cell) => letters(cell).length > 1)
  return filled.length > 0 && filled.filter(isCapital).length * 2 > filled.length
}

const small = new Set(
  'af av bin binti da de degli dei del della den der des di do dos du el la las los ten ter van von y zu zum zur'.split(
    ' ',
  ),
)
/** 'DE LA CRUZ, JUAN' is 'de la Cruz, Juan'; O'BRIEN is O'Brien, MCDONALD McDonald. A name in small letters stays. */
export function recased(cell: string): string {
  if (!isCapital(cell)) return cell
  return cell.toLowerCase().replace(/\p{L}[\p{L}\p{M}]*/gu, (word, at: number, all: string) => {
    const isInside = at > 0 && /['’]/.test(all[at - 1] ?? '') && word.length < 3
    if (isInside || (small.has(word) && at + word.length < all.length)) return word
    const rest = /^mc\p{L}{3}/u.test(word) ? `c${word.charAt(2).toUpperCase()}${word.slice(3)}` : word.slice(1)
    return word.charAt(0).toUpperCase() + rest
  })
}
