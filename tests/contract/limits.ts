/** Bounds, formats and patterns: what one schema allows beyond another. */
import type { Atom } from './schema.ts'

/** What the wider schema says of it, and the narrower. */
export interface Limit {
  name: string
  wide: string
  narrow: string
}

/** A bound of the wider one that the narrower one does not keep. */
function bounds(wide: Atom, narrow: Atom, lower: keyof Atom, upper: keyof Atom): Limit[] {
  const [least, most] = [wide[lower] as number | undefined, wide[upper] as number | undefined]
  const [low, high] = [narrow[lower] as number | undefined, narrow[upper] as number | undefined]
  const told = (name: keyof Atom, own: number, other: number | undefined): Limit => ({
    name,
    wide: String(own),
    narrow: String(other ?? 'none'),
  })
  return [
    ...(least !== undefined && least > (low ?? -Infinity) && !isNothing(lower, least) ? [told(lower, least, low)] : []),
    ...(most !== undefined && most < (high ?? Infinity) ? [told(upper, most, high)] : []),
  ]
}
/** Nothing is shorter than 0. */
const isNothing = (name: keyof Atom, least: number) => /^min(Length|Items)$/.test(name) && least <= 0

/** An integer says its own widest bounds. */
const widest = Number.MAX_SAFE_INTEGER
const withoutWidest = (atom: Atom): Atom => {
  const { minimum, maximum, ...rest } = atom
  return {
    ...rest,
    ...(minimum !== undefined && minimum > -widest && { minimum }),
    ...(maximum !== undefined && maximum < widest && { maximum }),
  }
}

function same(wide: Atom, narrow: Atom, key: 'format' | 'pattern' | 'multipleOf'): Limit[] {
  const isKept = wide[key] === undefined || wide[key] === narrow[key] || (key === 'pattern' && wide.format)
  return isKept ? [] : [{ name: key, wide: String(wide[key]), narrow: String(narrow[key] ?? 'none') }]
}

const asAtom = (word: unknown): Atom => {
  if (typeof word === 'string') return { minLength: word.length, maxLength: word.length }
  return typeof word === 'number' ? { minimum: word, maximum: word } : {}
}

/** Of a word, or of whatever `narrow` allows. A pattern that differs may take less, so it counts. */
export function limitsOf(word: unknown, wide: Atom, narrow: Atom = asAtom(word)): Limit[] {
  const [outer, inner] = [withoutWidest(wide), withoutWidest(narrow)]
  const ofWord = word === undefined ? [] : wrongPattern(word, wide)
  const ofAll = word === undefined ? (['format', 'pattern', 'multipleOf'] as const) : []
  return [
    ...bounds(outer, inner, 'minLength', 'maxLength'),
    ...bounds(outer, inner, 'minimum', 'maximum'),
    ...bounds(outer, inner, 'exclusiveMinimum', 'exclusiveMaximum'),
    ...bounds(outer, inner, 'minItems', 'maxItems'),
    ...ofAll.flatMap((key) => same(wide, narrow, key)),
    ...ofWord,
  ]
}

const wrongPattern = (word: unknown, { pattern }: Atom): Limit[] =>
  typeof word === 'string' && pattern && !new RegExp(pattern, 'u').test(word)
    ? [{ name: 'pattern', wide: pattern, narrow: word }]
    : []
