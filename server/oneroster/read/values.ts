import type { GradeLevel } from '../../../db/values.ts'
import { gradeIn } from '../../../db/values.ts'
import type { Report, RowPosition } from '../report.ts'
import { beforeEncodedTwice } from './encoded-twice.ts'
import type { Column } from './files.ts'

/** A spreadsheet keeps zeros by such writing; our own exports so defuse formulas. */
const keptByExcel = /^=\s*"([^"]*)"$|^'(?=[\d=+@-])/
const failedFormula = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/i
const noValue = /^(NULL|\\N)$/
const shortened = /^\d([.,]\d+)?E\+\d+$/i

/** A day's cell without what a spreadsheet adds. Nothing where it has no value. */
export function dayText(cell: string): string {
  const text = cell.trim().replace(keptByExcel, '$1')
  return failedFormula.test(text) || noValue.test(text) ? '' : text
}

interface Read {
  text: string
  /** The cell says nothing, not even that there is no value. */
  isSilent?: true
}

/** `column` is none for one that is kept as it came. */
export function readCell(
  cell: string,
  column: Column | undefined,
  position: RowPosition,
  header: string,
  report: Report,
): Read {
  let text = cell.trim().replace(keptByExcel, '$1')
  if (!column) return { text }
  if (failedFormula.test(text)) {
    report.warn(position, `holds ${text}, what a spreadsheet writes when it can't work a value out: not read`, header)
    return { text: '', isSilent: true }
  }
  if (noValue.test(text)) {
    report.warn(
      position,
      `holds ${text}, ${column.isName ? 'which counts as a name' : 'which counts as empty'}`,
      header,
    )
    return { text: column.isName ? text : '' }
  }
  text = text.replace(/\s*[\r\n]+\s*/g, ' ')
  if (shortened.test(text))
    report.warn(
      position,
      'holds a long number that a spreadsheet cut short, such as 1.0E+9: its last digits are lost',
      header,
    )
  if (/^".*"$/.test(text)) report.warn(position, 'holds a value with quotes around it', header)
  if (beforeEncodedTwice(text) !== undefined)
    report.warn(
      position,
      'holds letters that were encoded twice, such as Ã¡ for á: export the file again as UTF-8',
      header,
    )
  return { text }
}

/** Counts whole characters: half of one can't be stored. */
export const firstOf = (text: string, most: number): string =>
  text.length > most ? [...text].slice(0, most).join('') : text

/** '09,10, 11' is ['09', '10', '11'], each once. */
export const readList = (text: string | undefined): string[] => [
  ...new Set(
    (text ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
]

export const isTrue = (text: string | undefined): boolean => /^(true|1|yes|y)$/i.test(text ?? '')
export const isFalse = (text: string | undefined): boolean => /^(false|0|no|n)$/i.test(text ?? '')

export const readGrade = (text: string, own?: readonly GradeLevel[]): string => gradeIn(text, own) ?? text
