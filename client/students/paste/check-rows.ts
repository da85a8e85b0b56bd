import { createStudentInput } from '../../../server/students/input.ts'
import type { FieldName, PasteWords, StudentField } from './paste-fields.ts'

/** One pasted row. It is replaced when a cell of it changes, and never changed itself. */
export interface PastedRow {
  /** Its number in what was pasted, from 1. */
  id: number
  cells: readonly string[]
  isLeftOut: boolean
  /** What the server refused it for. */
  refusals?: Partial<Record<FieldName, string>> | undefined
}
export interface CheckedRow {
  row: PastedRow
  /** As the server takes it. */
  student: Record<string, unknown>
  /** By field: what is wrong. */
  problems: Partial<Record<FieldName, string>>
}

/** By column: the field it is. */
export type Mapping = readonly (FieldName | null)[]

type Issues = readonly { path: readonly PropertyKey[]; code: string; origin?: unknown }[]

/** The server's words for what is wrong with a field are ours. */
export function problemsOf(issues: Issues, words: PasteWords, mapping: Mapping): CheckedRow['problems'] {
  const known = words.problems as Record<string, unknown>
  const problems: CheckedRow['problems'] = {}
  for (const { path, code, origin } of issues) {
    const field = String(path[0])
    const own = known[field]
    const name = (mapping.includes('fullName') && /^(given|family)Name$/.test(field) ? 'fullName' : field) as FieldName
    const text = code === 'too_big' && origin !== 'number' ? words.problems.tooLong : own
    problems[name] ??= typeof text === 'string' ? text : words.problems.invalid
  }
  return problems
}

export function checkRow(
  row: PastedRow,
  mapping: Mapping,
  fields: readonly StudentField[],
  words: PasteWords,
): CheckedRow {
  const student: Record<string, unknown> = { familyName: '', givenName: '' }
  const problems: CheckedRow['problems'] = {}
  for (const [column, name] of mapping.entries()) {
    const cell = row.cells[column]?.trim() ?? ''
    const field = fields.find((one) => one.name === name)
    if (!field || !cell) continue
    const read = field.read(cell)
    if ('problem' in read) problems[field.name] = read.problem
    else Object.assign(student, read.value)
  }
  const { error } = createStudentInput.safeParse(student)
  return {
    row,
    student,
    problems: { ...problemsOf(error?.issues ?? [], words, mapping), ...problems, ...row.refusals },
  }
}

/** The rows whose number an earlier one has: only both together show it. */
export function withTwins(rows: readonly CheckedRow[], words: PasteWords): CheckedRow[] {
  const owners = new Map<unknown, number>()
  return rows.map((checked) => {
    const { row, student, problems } = checked
    if (row.isLeftOut || !student.number) return checked
    const owner = owners.get(student.number)
    if (owner === undefined) {
      owners.set(student.number, row.id)
      return checked
    }
    return { ...checked, problems: { number: words.problems.twice(owner), ...problems } }
  })
}

export const isBad = ({ row, problems }: CheckedRow): boolean => !row.isLeftOut && Object.keys(problems).length > 0
export const isReady = ({ row, problems }: CheckedRow): boolean => !row.isLeftOut && !Object.keys(problems).length
