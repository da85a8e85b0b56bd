/** Whether what a row says is in the register already, or in a row above it; and what is then done with the row. */
import type { Telling } from '../../db/folding.ts'
import { alikeIn, isApart, nameKey } from '../../db/folding.ts'
import { recordKinds } from '../../db/values.ts'
import type { FormValues } from '../records/form-shape.ts'
import type { AnyRecord } from '../records/record-kind.ts'
import type { CheckedRow, Rules, Said } from './check-rows.ts'
import { checkChange, uniqueField } from './check-rows.ts'
import { cleaned } from './read-cells.ts'

export interface Known {
  record: AnyRecord
  values: FormValues
}
export type Standing =
  | { is: 'new' }
  /** Nothing that the row says differs from the record. */
  | { is: 'same' }
  | { is: 'known'; among: readonly Known[] }
  /** `canJoin`: the row above is a new record, which this one can complete. */
  | { is: 'twin'; of: number; canJoin: boolean; by: readonly string[] }

/** What people say about a row that is known: to leave it, to add it all the same, to complete the row above, or a record. */
export const choiceOf = ({ record: { id, version } }: Known): string => `${id} ${version}`

export interface Decided extends CheckedRow {
  standing: Standing
  state: 'out' | 'same' | 'ask' | 'bad' | 'ready'
  /** How many records in use it may mean: who adds it all the same has seen these. */
  beside: number
  /** The row above that it completes. */
  joins?: number | undefined
}

/** Thousands of rows are looked at with every key that is typed: what was made of the same two is made once. */
function once<A extends object, B extends object, T>() {
  const known = new WeakMap<A, WeakMap<B, T>>()
  return (one: A, other: B, make: () => T): T => {
    const others = known.get(one) ?? new WeakMap<B, T>()
    known.set(one, others)
    const made = others.get(other) ?? make()
    others.set(other, made)
    return made
  }
}
const compareOnce = once<readonly Said[], Known, readonly Said[]>()
const changeOnce = once<readonly Said[], Known, CheckedRow>()
const nameOnce = once<FormValues, Telling, { key: string }>()
const nameOf = (values: FormValues, telling: Telling): string =>
  nameOnce(values, telling, () => ({ key: nameKey(values, telling) })).key

const content = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.toSorted().join()
  return typeof value === 'string' ? cleaned(value.replace(/\r\n?/g, '\n')) : value
}
const valueAt = (values: FormValues, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as FormValues | undefined)?.[key], values)

/** The cell says what the record holds, or is as the list writes it. */
function isKept({ field, cell, read }: Said, { record, values }: Known): boolean {
  if (content(field.written?.(record as never)) === content(cell)) return true
  if ('problem' in read) return false
  if (field.isIn) return field.isIn(record as never, read.values)
  return Object.entries(read.values).every(([path, value]) => content(value) === content(valueAt(values, path)))
}
/** What a row says that the record does not. */
export function differing({ said }: CheckedRow, known: Known): readonly Said[] {
  return compareOnce(said, known, () => {
    const other = said.filter((one) => !isKept(one, known))
    const units = new Set(other.flatMap(({ field }) => field.unit ?? []))
    return units.size ? said.filter((one) => other.includes(one) || units.has(one.field.unit ?? '')) : other
  })
}

const groupedBy = <T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else if (key) groups.set(key, [one])
  }
  return groups
}

/** The records that a row can mean: by what no two share, else by name. Archived ones only where no other is. */
function finder(known: readonly Known[], telling: Telling, unique: string | undefined) {
  const byName = groupedBy(known, ({ values }) => nameOf(values, telling))
  const inUse = known.filter(({ record }) => !record.archivedAt)
  const byUnique = groupedBy(inUse, ({ values }) => (unique ? String(values[unique] ?? '') : ''))
  return ({ values }: CheckedRow): Known[] => {
    const own = unique && byUnique.get(String(values[unique] ?? ''))
    if (own) return own
    const named = (byName.get(nameOf(values, telling)) ?? []).filter((one) => !isApart(values, one.values, telling))
    const used = named.filter(({ record }) => !record.archivedAt)
    return used.length ? used : named
  }
}

const isJudged = ({ row, values }: CheckedRow, telling: Telling): boolean =>
  !row.isLeftOut && nameOf(values, telling) !== ''

/** Which record each row repeats. Rows that say more choose first: one that says less equals more records. */
function repeatedBy(rows: readonly CheckedRow[], find: (row: CheckedRow) => readonly Known[]): Map<CheckedRow, Known> {
  const repeated = new Map<CheckedRow, Known>()
  const taken = new Set<Known>()
  for (const row of rows.toSorted((one, other) => other.said.length - one.said.length)) {
    const same = find(row).find((one) => !taken.has(one) && !differing(row, one).length)
    if (!same) continue
    taken.add(same)
    repeated.set(row, same)
  }
  return repeated
}

type Placed = Pick<Decided, 'standing' | 'beside'>
const isNew: Placed = { standing: { is: 'new' }, beside: 0 }

/** Where each row stands. A record is one row's only: of two rows that mean it, the later is a twin. */
function placesOf(rows: readonly CheckedRow[], known: readonly Known[], { shape }: Rules): Placed[] {
  const telling: Telling = recordKinds[shape.name].telling
  const unique = uniqueField(shape)
  const find = finder(known, telling, unique)
  const found = new Map(rows.flatMap((row) => (isJudged(row, telling) ? [[row, find(row)]] : [])))
  const repeated = repeatedBy([...found.keys()], (row) => found.get(row) ?? [])
  const taken = new Set(repeated.values())
  const above = new Map<string, { row: CheckedRow; standing: Standing }[]>()
  const keysOf = ({ values }: CheckedRow) => [
    `name ${nameOf(values, telling)}`,
    ...(unique && values[unique] ? [`unique ${String(values[unique])}`] : []),
  ]
  const isOne = ({ values }: CheckedRow, other: CheckedRow) =>
    unique && values[unique] ? other.values[unique] === values[unique] : false
  const twinOf = (row: CheckedRow) =>
    keysOf(row)
      .flatMap((key) => above.get(key) ?? [])
      .find((one) => isOne(row, one.row) || !isApart(row.values, one.row.values, telling))
  const judge = (row: CheckedRow, meant: readonly Known[]): Standing => {
    if (repeated.has(row)) return { is: 'same' }
    const free = meant.filter((one) => !taken.has(one))
    const [only, other] = free
    if (only && !other) taken.add(only)
    if (only) return { is: 'known', among: free }
    const twin = twinOf(row)
    // A row below repeats the record that this one means too.
    if (!twin) return meant.length ? { is: 'known', among: meant } : { is: 'new' }
    const canJoin = twin.standing.is === 'new' || twin.row.row.choice === 'add'
    const by = unique && isOne(row, twin.row) ? [unique] : alikeIn(row.values, twin.row.values, telling)
    return { is: 'twin', of: twin.row.row.id, canJoin, by }
  }
  return rows.map((row) => {
    const meant = found.get(row)
    if (!meant) return isNew
    const standing = judge(row, meant)
    for (const key of keysOf(row)) {
      const others = above.get(key)
      if (others) others.push({ row, standing })
      else above.set(key, [{ row, standing }])
    }
    return { standing, beside: meant.filter(({ record }) => !record.archivedAt).length }
  })
}

/** Whether the row may be added beside the one it equals: not where both have what no two share. */
export function canAdd({ values }: CheckedRow, standing: Standing, unique: string | undefined): boolean {
  if (standing.is === 'twin') return !unique || !values[unique]
  if (standing.is !== 'known' || !unique) return true
  return !standing.among.some(
    (one) => !one.record.archivedAt && values[unique] && one.values[unique] === values[unique],
  )
}

const stateOf = ({ problems }: CheckedRow): Decided['state'] => (Object.keys(problems).length ? 'bad' : 'ready')

/** What becomes of each row. */
export function decide(rows: readonly CheckedRow[], known: readonly Known[], rules: Rules): Decided[] {
  const unique = uniqueField(rules.shape)
  const places = placesOf(rows, known, rules)
  return rows.map((checked, index): Decided => {
    const place = places[index] ?? isNew
    const { standing } = place
    const { row } = checked
    const { choice } = row
    const as = (state: Decided['state'], one: CheckedRow = checked) => ({ ...one, ...place, state })
    if (row.isLeftOut) return as('out')
    if (standing.is === 'new') return as(stateOf(checked))
    if (choice === 'skip') return as('out')
    if (choice === 'add' && canAdd(checked, standing, unique)) return as(stateOf(checked))
    if (standing.is === 'same') return as('same')
    if (standing.is === 'twin')
      return choice === 'join' && standing.canJoin ? { ...as(stateOf(checked)), joins: standing.of } : as('ask')
    const chosen = standing.among.find((one) => choiceOf(one) === choice && !one.record.archivedAt)
    if (!chosen) return as('ask')
    const change = () => checkChange(row, differing(checked, chosen), chosen.values, rules)
    const changed = changeOnce(checked.said, chosen, change)
    const { id, version } = chosen.record
    return as(stateOf(changed), { ...changed, said: checked.said, item: { ...changed.item, id, version } })
  })
}

/** What goes to the server, and which row each item is of: a row that completes another goes with it. */
export function sentItems(decided: readonly Decided[]): { row: Decided; item: object }[] {
  const joining = groupedBy(decided, ({ joins, state }) => (joins && state === 'ready' ? String(joins) : ''))
  const said = ({ item, said: cells }: Decided) => {
    const names = new Set(cells.flatMap(({ field }) => field.fills))
    return Object.entries(item).filter(([name]) => names.has(name) || name === 'addresses')
  }
  return decided.flatMap((row) => {
    if (row.state !== 'ready' || row.joins) return []
    const joined = joining.get(String(row.row.id)) ?? []
    const more = joined.flatMap(said)
    const { item, beside } = row
    // A row for each parent: the student has both.
    const people = [row, ...joined].flatMap((one) => (one.item.guardians as object[] | undefined) ?? [])
    const fields = { ...item, ...Object.fromEntries(more), ...(people.length && { guardians: people }) }
    return [{ row, item: { ...fields, ...('id' in item ? {} : { beside }) } }]
  })
}

export const isBad = ({ state }: Decided): boolean => state === 'bad' || state === 'ask'
