/** Whether what a row says is in the register already, or in a row above it; and what is then done with the row. */
import { fold } from '../../db/folding.ts'
import type { FormValues } from '../records/form-shape.ts'
import type { AnyRecord } from '../records/record-kind.ts'
import type { CheckedRow, Rules, Said } from './check-rows.ts'
import { checkChange, uniqueField } from './check-rows.ts'

/** How two records of one name are told apart: by one of these fields that both have, or only by all of them. */
export interface Telling {
  names: readonly string[]
  apart: readonly string[]
  byAll?: true
}
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
  | { is: 'twin'; of: number; canJoin: boolean }

/** What people say about a row that is known: to leave it, to add it all the same, to complete the row above, or a record. */
export const choiceOf = ({ record: { id, version } }: Known): string => `${id} ${version}`

export interface Decided extends CheckedRow {
  standing: Standing
  state: 'out' | 'same' | 'ask' | 'bad' | 'ready'
  /** The row above that it completes. */
  joins?: number | undefined
}

/** As directories and the server's lists have it. */
const plain = (text: unknown): string =>
  fold(String(text ?? ''))
    .replace(/['.]/g, '')
    .replaceAll('-', ' ')
export const nameKey = (values: FormValues, { names }: Telling): string =>
  names
    .map((name) => plain(values[name]))
    .filter(Boolean)
    .join('\t')

const isGiven = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))
const isAlike = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other) ? one.some((part) => other.includes(part)) : plain(one) === plain(other)

function isApart(one: FormValues, other: FormValues, { apart, byAll }: Telling): boolean {
  const given = apart.filter((field) => isGiven(one[field]) && isGiven(other[field]))
  const alike = given.filter((field) => isAlike(one[field], other[field]))
  return given.length > 0 && (byAll ? alike.length < given.length : !alike.length)
}

const content = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.toSorted().join()
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : value
}
const valueAt = (values: FormValues, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as FormValues | undefined)?.[key], values)

/** The cell says what the record holds, or is as the list writes it. */
function isKept({ field, cell, read }: Said, { record, values }: Known): boolean {
  if (content(field.written?.(record as never)) === content(cell)) return true
  if ('problem' in read) return false
  return Object.entries(read.values).every(([path, value]) => content(value) === content(valueAt(values, path)))
}
export const differing = ({ said }: CheckedRow, known: Known): Said[] => said.filter((one) => !isKept(one, known))

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
  const byName = groupedBy(known, ({ values }) => nameKey(values, telling))
  const inUse = known.filter(({ record }) => !record.archivedAt)
  const byUnique = groupedBy(inUse, ({ values }) => (unique ? String(values[unique] ?? '') : ''))
  return ({ values }: CheckedRow): Known[] => {
    const own = unique && byUnique.get(String(values[unique] ?? ''))
    if (own) return own
    const named = (byName.get(nameKey(values, telling)) ?? []).filter((one) => !isApart(values, one.values, telling))
    const used = named.filter(({ record }) => !record.archivedAt)
    return used.length ? used : named
  }
}

/** Where each row stands. A record is one row's only: of two rows that mean it, the later is a twin. */
export function standingsOf(
  rows: readonly CheckedRow[],
  known: readonly Known[],
  telling: Telling,
  unique: string | undefined,
): Standing[] {
  const find = finder(known, telling, unique)
  const taken = new Set<string>()
  const above = new Map<string, { row: CheckedRow; standing: Standing }[]>()
  const keysOf = ({ values }: CheckedRow) => [
    `name ${nameKey(values, telling)}`,
    ...(unique && values[unique] ? [`unique ${String(values[unique])}`] : []),
  ]
  const twinOf = (row: CheckedRow) =>
    keysOf(row)
      .flatMap((key) => above.get(key) ?? [])
      .find(
        (one) =>
          (unique && row.values[unique] && one.row.values[unique] === row.values[unique]) ||
          !isApart(row.values, one.row.values, telling),
      )
  const judge = (row: CheckedRow): Standing => {
    const free = find(row).filter(({ record }) => !taken.has(record.id))
    const same = free.find((one) => !differing(row, one).length)
    const [only, other] = free
    if (same ?? (only && !other)) taken.add((same ?? (only as Known)).record.id)
    if (same) return { is: 'same' }
    if (only) return { is: 'known', among: free }
    const twin = twinOf(row)
    return twin
      ? { is: 'twin', of: twin.row.row.id, canJoin: twin.standing.is === 'new' || twin.row.row.choice === 'add' }
      : { is: 'new' }
  }
  return rows.map((row) => {
    if (row.row.isLeftOut || !nameKey(row.values, telling)) return { is: 'new' }
    const standing = judge(row)
    for (const key of keysOf(row)) above.set(key, [...(above.get(key) ?? []), { row, standing }])
    return standing
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
export function decide(
  rows: readonly CheckedRow[],
  known: readonly Known[],
  telling: Telling,
  rules: Rules,
): Decided[] {
  const unique = uniqueField(rules.shape)
  const standings = standingsOf(rows, known, telling, unique)
  return rows.map((checked, index): Decided => {
    const standing = standings[index] ?? { is: 'new' }
    const { row } = checked
    const { choice } = row
    const as = (state: Decided['state'], one: CheckedRow = checked) => ({ ...one, standing, state })
    if (row.isLeftOut) return as('out')
    if (standing.is === 'new') return as(stateOf(checked))
    if (choice === 'skip') return as('out')
    if (choice === 'add' && canAdd(checked, standing, unique)) return as(stateOf(checked))
    if (standing.is === 'same') return as('same')
    if (standing.is === 'twin')
      return choice === 'join' && standing.canJoin ? { ...as(stateOf(checked)), joins: standing.of } : as('ask')
    const chosen = standing.among.find((one) => choiceOf(one) === choice && !one.record.archivedAt)
    if (!chosen) return as('ask')
    const changed = checkChange(row, differing(checked, chosen), chosen.values, rules)
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
    const more = (joining.get(String(row.row.id)) ?? []).flatMap(said)
    return [{ row, item: { ...row.item, ...Object.fromEntries(more) } }]
  })
}

export const isBad = ({ state }: Decided): boolean => state === 'bad' || state === 'ask'
