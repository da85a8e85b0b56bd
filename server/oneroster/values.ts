import { isCivilDate } from '../../db/kinds.ts'
import { gradeLevels } from '../../db/values.ts'
import type { Column } from './files.ts'
import type { Report, RowPosition } from './report.ts'

/** A spreadsheet keeps zeros by such writing; our own exports so defuse formulas. */
const keptByExcel = /^=\s*"([^"]*)"$|^'(?=[\d=+@-])/
const failedFormula = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/i
const noValue = /^(NULL|\\N)$/
const shortened = /^\d([.,]\d+)?E\+\d+$/i

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
  return { text }
}

const civil = (year: string, month: string, day: string) => {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? date : undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** A time after the day is ignored. */
const timeOfDay = /(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AP]M)?(?:\s?Z|\s?[+-]\d{2}:?\d{2})?$/i

/** Reads 'YYYY-MM-DD', '20230615', '15-Jun-2023' and unambiguous '15/06/2023'. An empty date is null, a wrong one undefined. */
export function readDate(text: string): string | null | undefined {
  if (/^0000-00-00/.test(text)) return null
  const day = text.replace(timeOfDay, '')
  const iso = /^(\d{4})([-/]?)(\d{1,2})\2(\d{1,2})$/.exec(day)
  if (iso && (iso[2] || day.length === 8)) return civil(iso[1] ?? '', iso[3] ?? '', iso[4] ?? '')
  const named = /^(\d{1,2})[- ]([a-z]{3})[- ](\d{4})$/i.exec(day)
  if (named) return civil(named[3] ?? '', String(months.indexOf(named[2]?.toLowerCase() ?? '') + 1), named[1] ?? '')
  const [, a = '', b = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(day) ?? []
  if (Number(a) > 12 || Number(a) === Number(b)) return civil(year, b, a)
  return Number(b) > 12 ? civil(year, a, b) : undefined
}

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

/** '9' is '09' and 'k' is 'KG'; an unknown code stays. */
export function readGrade(text: string): string {
  const code = /^\d$/.test(text) ? `0${text}` : text.toUpperCase()
  const spelled = code === 'K' ? 'KG' : code
  return (gradeLevels as readonly string[]).includes(spelled) ? spelled : text
}
