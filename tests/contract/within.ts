/** What a schema allows that another does not: how a break of a promise is found, in both directions. */
import { limitsOf } from './limits.ts'
import type { Atom, Resolve, Schema } from './schema.ts'
import { atomsOf } from './schema.ts'

/**
 * `request`: what was taken must still be taken. `answer`: what is answered must have been promised.
 * `seen`: some answers of today, which need not show all that was promised, must have been.
 */
export type Direction = 'request' | 'answer' | 'seen'

export type Kind = 'gone' | 'needed' | 'more' | 'words' | 'type' | 'limit' | 'default' | 'sunset' | 'unrecorded'
export interface Finding {
  kind: Kind
  /** Such as `items[].status`. */
  at: string
  detail: string
  /** Of a type or limit: what the wider schema says, and the narrower. */
  wide?: string
  narrow?: string
  /** The day from which it may go. */
  sunset?: string
}

export interface Comparison {
  direction: Direction
  ofNarrow: Resolve
  ofWide: Resolve
  /** The pairs of named schemas that are being compared, which may name themselves. */
  open: Set<string>
}

const isAny = ({ type }: Atom) => type === undefined
const typesOf = (atoms: readonly Atom[]) => [...new Set(atoms.map(({ type = 'anything' }) => type))].join(' or ')
const takes = (wide: Atom, narrow: Atom) =>
  wide.type === narrow.type || (wide.type === 'number' && narrow.type === 'integer')

const inside = (at: string, key: string) => (at ? `${at}.${key}` : key)

/** The first is the schema that must keep within the second. */
export function within(narrow: Schema, wide: Schema, comparison: Comparison, at = ''): Finding[] {
  const names = narrow.$ref && wide.$ref && `${narrow.$ref} ${wide.$ref}`
  if (names && comparison.open.has(names)) return []
  if (names) comparison.open.add(names)
  const found = compared(narrow, wide, comparison, at)
  if (names) comparison.open.delete(names)
  return found
}

function compared(narrow: Schema, wide: Schema, comparison: Comparison, at: string): Finding[] {
  const narrows = atomsOf(narrow, comparison.ofNarrow)
  const wides = atomsOf(wide, comparison.ofWide)
  if (wides.some(isAny) || knowsNothing(wides, comparison)) return []
  if (narrows.some(isAny)) return [{ kind: 'type', at, detail: 'anything', wide: typesOf(wides) }]
  return narrows.flatMap((one) => {
    const candidates = wides.filter((other) => takes(other, one))
    if (!candidates.length) return [{ kind: 'type', at, detail: String(one.type), wide: typesOf(wides) }]
    return one.words ? wordsWithin(one, candidates, comparison, at) : best(one, candidates, comparison, at)
  })
}

/** Of an answer that was empty each time nobody knows what it is otherwise. */
const knowsNothing = (wides: readonly Atom[], { direction }: Comparison) =>
  direction !== 'request' && wides.every(({ type }) => type === 'null')

function wordsWithin(narrow: Atom, wides: readonly Atom[], { direction }: Comparison, at: string): Finding[] {
  if (direction === 'answer' && wides.some((wide) => wide['x-extensible-enum'])) return []
  const lacks = (wide: Atom, word: unknown) => (wide.words ? !wide.words.includes(word) : limitsOf(word, wide).length)
  const lost = narrow.words?.filter((word) => wides.every((wide) => lacks(wide, word))) ?? []
  return lost.length ? [{ kind: 'words', at, detail: lost.map((word) => JSON.stringify(word)).join(', ') }] : []
}

/** Of a union the part that is meant: the one with the same words in the same places, or else the one that differs least. */
function best(narrow: Atom, wides: readonly Atom[], comparison: Comparison, at: string): Finding[] {
  let least: { found: Finding[]; distance: number } | undefined
  for (const wide of wides) {
    const found = atomWithin(narrow, wide, comparison, at)
    if (!found.length) return []
    const distance = found.length + 100 * found.filter(({ kind }) => kind === 'words').length
    if (!least || distance < least.distance) least = { found, distance }
  }
  return least?.found ?? []
}

function atomWithin(narrow: Atom, wide: Atom, comparison: Comparison, at: string): Finding[] {
  if (wide.words) return [{ kind: 'words', at, detail: `any ${narrow.type}` }]
  const limits = limitsOf(undefined, wide, narrow).map(
    ({ name, ...limit }): Finding => ({ kind: 'limit', at, detail: name, ...limit }),
  )
  if (narrow.type === 'object') return [...limits, ...fieldsWithin(narrow, wide, comparison, at)]
  if (narrow.type === 'array') return [...limits, ...itemsWithin(narrow, wide, comparison, at)]
  return limits
}

function itemsWithin(narrow: Atom, wide: Atom, comparison: Comparison, at: string): Finding[] {
  const places = Math.max(narrow.prefixItems?.length ?? 0, wide.prefixItems?.length ?? 0)
  const part = ({ prefixItems, items }: Atom, place: number): Schema => prefixItems?.[place] ?? (items || {})
  const one = (place: number) =>
    within(part(narrow, place), part(wide, place), comparison, `${at}[${place < places ? place : ''}]`)
  // Of an empty list nothing is known, and nothing can be wrong.
  const isEmpty = comparison.direction !== 'request' && narrow.items === false
  return isEmpty ? [] : Array.from({ length: places + 1 }, (_, place) => one(place)).flat()
}

/** In a request the older fields must find a place in the newer schema; in an answer the newer one must keep what was promised. */
function fieldsWithin(narrow: Atom, wide: Atom, comparison: Comparison, at: string): Finding[] {
  const [was, is] = comparison.direction === 'request' ? [narrow, wide] : [wide, narrow]
  const names = Object.keys(was.properties ?? {})
  return [
    ...names.flatMap((name) => fieldWithin(name, [was, is], comparison, inside(at, name))),
    ...demanded(was, is, comparison).map(
      (name): Finding => ({ kind: is.properties?.[name] ? 'needed' : 'gone', at: inside(at, name), detail: '' }),
    ),
    ...othersWithin(narrow, wide, comparison, at),
  ]
}

function fieldWithin(name: string, [was, is]: [Atom, Atom], comparison: Comparison, at: string): Finding[] {
  const before = was.properties?.[name] ?? {}
  const now = is.properties?.[name] ?? (typeof is.additionalProperties === 'object' ? is.additionalProperties : null)
  if (!now) {
    if (comparison.direction === 'seen' || is.additionalProperties === true) return []
    const sunset = before['x-sunset']
    return [{ kind: 'gone', at, detail: '', ...(sunset && { sunset }) }]
  }
  const isRequest = comparison.direction === 'request'
  const own = isRequest ? within(before, now, comparison, at) : within(now, before, comparison, at)
  return [...own, ...meaning(before, now, comparison, at)]
}

/** What leaving the field out means, and how long it stays. */
function meaning(was: Schema, is: Schema, { direction }: Comparison, at: string): Finding[] {
  const text = (value: unknown) => JSON.stringify(value) ?? 'nothing'
  const isOther = direction === 'request' && was.default !== undefined && text(was.default) !== text(is.default)
  const [sooner, later] = [is['x-sunset'], was['x-sunset']]
  return [
    ...(isOther ? [{ kind: 'default' as const, at, detail: `${text(is.default)}, and not ${text(was.default)}` }] : []),
    ...(sooner && later && sooner < later
      ? [{ kind: 'sunset' as const, at, detail: `${sooner}, and not ${later}` }]
      : []),
  ]
}

/** Required now of who asks, or not sure any more to who is answered. */
function demanded(was: Atom, is: Atom, { direction }: Comparison): string[] {
  if (direction === 'request') return (is.required ?? []).filter((name) => !was.required?.includes(name))
  const kept = (name: string) => is.required?.includes(name) || (direction === 'answer' && !is.properties?.[name])
  return (was.required ?? []).filter((name) => !kept(name))
}

/** Of fields without a name of their own, such as those of a map by ids. */
function othersWithin(narrow: Atom, wide: Atom, comparison: Comparison, at: string): Finding[] {
  const [mine, theirs] = [narrow.additionalProperties, wide.additionalProperties]
  const own = Object.entries(narrow.properties ?? {}).filter(([name]) => !wide.properties?.[name])
  const place = inside(at, '*')
  if (comparison.direction === 'request') {
    if (mine === true && theirs !== true) return [{ kind: 'gone', at: place, detail: '' }]
    if (typeof mine !== 'object') return []
    return typeof theirs === 'object'
      ? within(mine, theirs, comparison, place)
      : [{ kind: 'gone', at: place, detail: '' }]
  }
  const listed = own.flatMap(([name, schema]): Finding[] =>
    typeof theirs === 'object'
      ? within(schema, theirs, comparison, inside(at, name))
      : comparison.direction === 'seen'
        ? [{ kind: 'unrecorded', at: inside(at, name), detail: '' }]
        : [],
  )
  const rest = typeof mine === 'object' && typeof theirs === 'object' ? within(mine, theirs, comparison, place) : []
  const isNew = comparison.direction === 'seen' && typeof mine === 'object' && typeof theirs !== 'object'
  return [...listed, ...rest, ...(isNew ? [{ kind: 'unrecorded' as const, at: place, detail: '' }] : [])]
}
