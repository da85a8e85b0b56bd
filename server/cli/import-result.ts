import { readConfig } from '../config.ts'
import type { ImportResult } from '../oneroster/import.ts'
import type { MissingKind, MissingRecord } from '../oneroster/members/missing.ts'
import type { Findings } from '../oneroster/report.ts'
import { findingText } from '../oneroster/report.ts'
import { complain, onOneLine, say, write } from './terminal.ts'

export interface Sink {
  say(text: string): void
  complain(text: string): void
}
const terminal: Sink = { say, complain }

type Given = Partial<Record<'dry-run' | 'skip-invalid' | 'accept-shrink' | 'end-missing', boolean | undefined>>

function printFindings(title: string, { total, shown }: Findings, print: (text: string) => void): void {
  if (!total) return
  print(`${title}: ${total}`)
  for (const finding of shown) print(`  ${onOneLine(findingText(finding))}`)
  const told = shown.reduce((sum, { more = 0 }) => sum + 1 + more, 0)
  if (total > told) print(`  … and ${total - told} more`)
}

const kinds = {
  school: 'schools',
  academicSession: 'sessions',
  course: 'courses',
  room: 'rooms',
  student: 'students',
  instructor: 'instructors',
  guardian: 'guardians',
  studentGuardian: 'links',
  class: 'classes',
  classTerm: 'class terms',
  classInstructor: 'assignments',
  enrollment: 'enrollments',
} as const satisfies Record<keyof ImportResult['totals'], string>

function totalsTable({ totals }: ImportResult): string {
  const columns = ['new', 'changed', 'same', 'archived'] as const
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index ? String(cell).padStart(9) : String(cell).padEnd(12))).join(' ')
  const rows = (Object.keys(kinds) as (keyof typeof kinds)[])
    .filter((kind) => columns.some((column) => totals[kind][column]))
    .map((kind) => line([kinds[kind], ...columns.map((column) => totals[kind][column])]))
  return [line(['', ...columns]), ...rows].join('\n')
}

const counted = (count: number, kind: MissingKind) => `${count} ${count === 1 ? kinds[kind].slice(0, -1) : kinds[kind]}`

function printMissing({ missing, ended, isApplied }: ImportResult, given: Given, { say }: Sink): void {
  if (!missing.length) return
  say(`In the register and not in this bundle: ${missing.map(({ count, kind }) => counted(count, kind)).join(', ')}`)
  for (const { kind, count, first } of missing) {
    const more = count > first.length ? ` and ${count - first.length} more` : ''
    say(onOneLine(`  ${kinds[kind]}: ${first.join(', ')}${more}`))
  }
  if (given['end-missing']) say(`Enrollments and assignments that ${isApplied ? 'ended' : 'would end'}: ${ended}`)
  else if (missing.some(({ kind }) => isMembership(kind)))
    say('They stay as they are. --end-missing --dry-run says which enrollments would end.')
}

const isMembership = (kind: MissingKind) => kind === 'enrollment' || kind === 'classInstructor'

const shrunkText = ({ school, file, rows, before, isOfRegister }: ImportResult['shrunk'][number]) =>
  isOfRegister
    ? `Of ${before} open enrollments and assignments of ${school}, ${rows} would be left`
    : `${file}.csv keeps ${rows} rows of ${school}; the last complete bundle had ${before}`

export function printResult(result: ImportResult, given: Given, sink: Sink = terminal): void {
  const { notes, rejected, warnings } = result
  const { say, complain } = sink
  printFindings('Warnings', warnings, complain)
  for (const note of notes) complain(onOneLine(note))
  for (const one of result.shrunk) complain(onOneLine(shrunkText(one)))
  printFindings(given['skip-invalid'] ? 'Rows left out' : 'Rejected rows', rejected, complain)
  say(totalsTable(result))
  printMissing(result, given, sink)
  say(onOneLine(`Source: ${result.source}`))
  const origin = readConfig().publicUrl ?? ''
  for (const { name, slug } of result.schools)
    say(onOneLine(slug ? `${name}: ${origin}/${slug}/students` : `${name}: new`))
  if (result.isApplied) return
  if (given['dry-run']) say('A dry run: nothing was changed.')
  else sayWhyStopped(result, given, sink)
}

function sayWhyStopped({ rejected, shrunk }: ImportResult, given: Given, { complain }: Sink): void {
  if (rejected.total && !given['skip-invalid'])
    complain('Nothing was changed. Mend the rejected rows, or leave them out with --skip-invalid.')
  if (shrunk.length && !given['accept-shrink'])
    complain('Nothing was changed. Export the bundle again, or say --accept-shrink if so few rows are right.')
}

/** The object begins with them, one by one, and goes on with the counts. */
export async function sayMissing(records: Iterable<MissingRecord>): Promise<void> {
  let separator = '{"missingRecords":['
  for (const record of records) {
    await write(`${separator}${JSON.stringify(record)}`)
    separator = ','
  }
  await write(separator === ',' ? '],' : `${separator}],`)
}
