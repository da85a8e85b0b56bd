/** Whether the register says what the plain reading says, or what it said before. */
import type { Finding } from '../../../../server/oneroster/report.ts'
import type { Draft } from './draft.ts'
import { positions } from './draft.ts'
import type { Told } from './reading.ts'
import type { Fields, Register } from './register.ts'

const same = (a: unknown, b: unknown) => (a ?? null) === (b ?? null)
const isAbsent = (fields: Fields | undefined) => !fields || fields.isGone === true
/** Of a new record nobody says what stands in a field that no row speaks of. */
const quiet = [null, false, 'active', 'enrolled', '']

interface Said {
  values: unknown[]
  isCertain: boolean
}
export interface Verdict {
  /** In words; empty when all is well. */
  wrong: string[]
  /** The rows, '<file> <id>', of which the register does not say what they say. */
  untaken: Set<string>
}

function saidOf(told: readonly Told[], touched: ReadonlySet<string>): Map<string, Said> {
  const said = new Map<string, Said>()
  for (const { fields, rows } of told)
    for (const [name, value] of Object.entries(fields)) {
      const { values, isCertain } = said.get(name) ?? { values: [], isCertain: true }
      said.set(name, { values: [...values, value], isCertain: isCertain && !rows.some((row) => touched.has(row)) })
    }
  return said
}

function judgeRecord(
  key: string,
  told: readonly Told[],
  touched: ReadonlySet<string>,
  before: Register,
  after: Register,
) {
  const [was, is] = [before.get(key), after.get(key)]
  const said = saidOf(told, touched)
  const gone = said.get('isGone')
  if (isAbsent(is) && (gone?.values.includes(true) || (isAbsent(was) && !gone?.isCertain))) return []
  if (!is) return said.size && [...said.values()].every(({ isCertain }) => isCertain) ? [`${key} is missing`] : []
  return Object.entries(is).flatMap(([name, value]) => {
    const { values, isCertain } = said.get(name) ?? { values: [], isCertain: false }
    const last = was ? [was[name]] : quiet
    const allowed = isCertain ? values : [...values, ...last]
    return allowed.some((one) => same(one, value))
      ? []
      : [
          `${key}: ${name} is ${JSON.stringify(value)}, not ${[...new Set(allowed)].map((one) => JSON.stringify(one)).join(' or ')}`,
        ]
  })
}

const isUntaken = ({ key, fields }: Told, after: Register): boolean => {
  const is = after.get(key)
  if (fields.isGone === true) return !isAbsent(is)
  return !is || Object.entries(fields).some(([name, value]) => !same(is[name], value))
}

export function judge(told: readonly Told[], touched: ReadonlySet<string>, before: Register, after: Register): Verdict {
  const byKey = new Map<string, Told[]>()
  for (const one of told) byKey.set(one.key, [...(byKey.get(one.key) ?? []), one])
  const wrong: string[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const about = byKey.get(key)
    if (about || JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)))
      wrong.push(...judgeRecord(key, about ?? [], touched, before, after))
  }
  for (const key of byKey.keys())
    if (!before.has(key) && !after.has(key))
      wrong.push(...judgeRecord(key, byKey.get(key) ?? [], touched, before, after))
  const untaken = told.filter((one) => isUntaken(one, after)).map(({ own }) => own)
  return { wrong, untaken: new Set(untaken) }
}

/** The spoiled rows that were not taken, and of which no finding speaks. A row on two lines has two places. */
export function unnamed(draft: Draft, untaken: ReadonlySet<string>, findings: readonly Finding[]): string[] {
  const lineOf = new Map(draft.files.flatMap((file) => [...positions(file)]))
  const isNamed = (place: Draft['places'][number]) => {
    const number = place.line && lineOf.get(place.line)
    return findings.some(({ file, line, more }) => file === place.file && (!number || line === number || Boolean(more)))
  }
  const rows = new Set(draft.places.flatMap(({ line }) => line?.key ?? []))
  return [...rows]
    .filter((key) => untaken.has(key) && !draft.places.some((place) => place.line?.key === key && isNamed(place)))
    .map((key) => `${key} is not named, and not taken`)
}
