/** What was typed into a form, apart from the record it is about: that may have changed when the form is opened again. */
import type { FieldOf, FormValues } from './form-shape.ts'
import { changedFields, isSame, picked } from './form-shape.ts'

/** A record as the form takes it to be: what saving it is compared with. */
export interface Base<V> {
  version: number
  values: V
}
/** All that is kept of a form: the fields somebody typed into, and what stood there before. */
interface TypedFields {
  version: number
  was: FormValues
  typed: FormValues
}

/** Null where nothing was typed. */
export function typedFields<V extends FormValues>({ version, values }: Base<V>, mine: V): object | null {
  const fields = changedFields(values, mine)
  if (!fields.length) return null
  return { version, was: picked(values, fields), typed: picked(mine, fields) }
}

const isObject = (value: unknown): value is FormValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Another version of Homeroom may have kept it: a field that is of another kind now is left as it is. */
function isLike(one: unknown, other: unknown): boolean {
  if (isObject(one) && isObject(other))
    return Object.keys({ ...one, ...other }).every((key) => isLike(one[key], other[key]))
  return typeof one === typeof other && Array.isArray(one) === Array.isArray(other)
}

const isTypedFields = (kept: unknown): kept is TypedFields =>
  isObject(kept) && typeof kept.version === 'number' && isObject(kept.was) && isObject(kept.typed)

export interface LaidOver<V> {
  base: Base<V>
  values: V
  isBack: boolean
}

/**
 * The record as it is now, and over it what was typed. Where somebody has changed a field that was typed into, the base
 * is the version that was typed over: saving it is answered with the comparison of the two.
 */
export function laidOver<V extends FormValues>(kept: unknown, now: Base<V>): LaidOver<V> {
  const fresh = { base: now, values: now.values, isBack: false }
  if (!isTypedFields(kept) || kept.version > now.version) return fresh
  const { version, was, typed } = kept
  const fields = (Object.keys(now.values) as FieldOf<V>[]).filter(
    (field) =>
      [was, typed].every((values) => field in values && isLike(now.values[field], values[field])) &&
      changedFields({ [field]: now.values[field] }, typed).length > 0,
  )
  if (!fields.length) return fresh
  const isOvertaken = fields.some((field) => !isSame(was[field], now.values[field]))
  const values = { ...now.values, ...picked(typed, fields) }
  const before = { version, values: { ...now.values, ...picked(was, fields) } }
  return { base: isOvertaken ? before : now, values, isBack: true }
}

/** Somebody else's record beside what was typed over an older one: the fields only they changed, and those both did. */
export function bringTogether<V extends FormValues>(before: V, mine: V, theirs: V) {
  const own = new Set(changedFields(before, mine))
  const changed = changedFields(before, theirs)
  return {
    onlyTheirs: changed.filter((field) => !own.has(field)),
    both: changed.filter((field) => own.has(field) && !isSame(mine[field], theirs[field])),
  }
}

/** The comparison that a stale save was answered with, as long as nobody has chosen. */
export interface Unsettled<V> {
  /** As the form opened on it. */
  was: V
  version: number
  theirs: V
  fields: FieldOf<V>[]
}

/** What is kept of the form. Until a comparison is settled, opening the form again leads to the same question. */
export function keptOf<V extends FormValues>(base: Base<V>, mine: V, unsettled: Unsettled<V> | null): object | null {
  if (!unsettled) return typedFields(base, mine)
  const { version, was, theirs, fields } = unsettled
  // What was typed back to what it was is a change of theirs, which has been seen.
  const own = changedFields(was, mine).filter((field) => fields.includes(field))
  return typedFields({ version, values: { ...theirs, ...picked(was, own) } }, mine)
}
