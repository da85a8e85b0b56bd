/** Which of two numbers is the month is decided for each column of a file, from all its rows. */
import { today } from '../../calendar.ts'
import type { RowPosition } from '../report.ts'
import { Report } from '../report.ts'
import { isUncertain } from './certain.ts'
import type { CsvRow } from './csv.ts'
import type { DateOrder, Reading } from './dates.ts'
import { readingOf } from './dates.ts'
import type { Column, FileKind } from './files.ts'
import { files } from './files.ts'
import type { Header, Slot } from './header.ts'
import { dayText, firstOf } from './values.ts'

export interface DateSettings {
  /** The order in columns whose rows don't tell. */
  order?: DateOrder | undefined
  now: Date
}

interface Sight {
  line: number
  text: string
  reading: Reading
}
interface Seen {
  certain: Partial<Record<DateOrder, Sight>>
  either?: Sight
  serial?: Sight
  hasOther: boolean
}

const called: Record<DateOrder, string> = { mdy: 'month first', dmy: 'day first' }
const shape = 'write it as 2026-08-31'
const mostReadings = 10_000

export class DateColumns {
  readonly #file: string
  readonly #kind: FileKind
  readonly #header: Header
  readonly #settings: DateSettings
  /** The latest day that it is anywhere on earth. */
  readonly #today: string
  readonly #dated: { index: number; slot: Slot }[]
  #seen: Map<Slot, Seen> | undefined
  readonly #readings = new Map<string, Reading>()

  constructor(kind: FileKind, file: string, header: Header, settings: DateSettings) {
    const columns = files[kind] as Record<string, Column>
    this.#file = file
    this.#kind = kind
    this.#header = header
    this.#settings = settings
    this.#today = today({ school: { timeZone: 'Pacific/Kiritimati' }, now: settings.now })
    this.#dated = header.slots.flatMap((slot, index) => (columns[slot.field ?? '']?.date ? [{ index, slot }] : []))
  }

  #readingOf(text: string): Reading {
    const reading = this.#readings.get(text) ?? readingOf(text)
    if (this.#readings.size < mostReadings) this.#readings.set(text, reading)
    return reading
  }

  /** The row says a day that only the other rows can tell. */
  isOpen({ cells }: CsvRow): boolean {
    if (this.#seen) return false
    return this.#dated.some(({ index }) => {
      const cell = cells[index] ?? ''
      if (!cell || cell[4] === '-') return false
      const { either, serial } = this.#readingOf(dayText(cell))
      return either !== undefined || serial !== undefined
    })
  }

  /** Rows that will be rejected decide nothing. */
  async survey(rows: AsyncIterable<CsvRow>, report: Report): Promise<void> {
    const seen = new Map(this.#dated.map(({ slot }): [Slot, Seen] => [slot, { certain: {}, hasOther: false }]))
    const unheard = new Report()
    let isHeader = true
    for await (const row of rows) {
      const position = { file: this.#file, line: row.line }
      const isRow = !isHeader && !isUncertain(this.#kind, this.#header, row, position, unheard)
      isHeader = false
      if (!isRow) continue
      for (const { index, slot } of this.#dated) {
        const text = dayText(row.cells[index] ?? '')
        if (text) this.#look(seen.get(slot), slot, { line: row.line, text, reading: this.#readingOf(text) })
      }
    }
    this.#seen = seen
    for (const [slot, one] of seen) this.#tell(slot, one, report)
  }

  #look(seen: Seen | undefined, { field }: Slot, sight: Sight): void {
    if (!seen) return
    const { order, either, serial } = sight.reading
    if (order) seen.certain[order] ??= sight
    if (either) seen.either ??= sight
    if (serial) seen.serial ??= sight
    const [first, last] = field === 'birthDate' ? ['1900-01-01', this.#today] : ['1990-01-01', '2099-12-31']
    if (!serial || serial < first || serial > last) seen.hasOther = true
  }

  #quoted({ text }: Sight): string {
    return this.#header.hasSecret ? '' : ` (${firstOf(text, 40)})`
  }

  /** What its own rows say comes before what somebody says of all. */
  #orderOf({ certain: { mdy, dmy } }: Seen): DateOrder | undefined {
    if (mdy && dmy) return undefined
    return mdy ? 'mdy' : dmy ? 'dmy' : this.#settings.order
  }

  #tell({ header }: Slot, seen: Seen, report: Report): void {
    const { either, serial, hasOther } = seen
    const order = this.#orderOf(seen)
    const column = `${this.#file}, column ${header}: read`
    const { order: said } = this.#settings
    if (either && order) {
      const by = seen.certain[order]
      const because = by ? `because of line ${by.line}${this.#quoted(by)}` : `as --dates ${order} says`
      report.note(
        `${column} ${called[order]}, ${because}${by && said && said !== order ? `, though --dates says ${said}` : ''}`,
      )
    }
    if (serial && !hasOther)
      report.note(
        `${column} as a spreadsheet's numbers of days: line ${serial.line}${this.#quoted(serial)} is ${serial.reading.serial}`,
      )
  }

  #why({ certain: { mdy, dmy } }: Seen, { either, serial }: Reading, quoted: string): string {
    if (serial)
      return `${quoted} is a spreadsheet's number of a day, but not every date of the column is one in a likely range: ${shape}`
    if (!either) return `${quoted} is not read as one certain date: ${shape}`
    const may = `${quoted} may be ${either.mdy} or ${either.dmy}, and`
    if (mdy && dmy)
      return `${may} line ${mdy.line} of the column writes the month first, line ${dmy.line} the day: ${shape}`
    return `${may} no row of the column tells: say --dates mdy where the month comes first, --dates dmy where the day does`
  }

  /** An empty date is null, a rejected one undefined. */
  read(slot: Slot, text: string, position: RowPosition, report: Report): string | null | undefined {
    const reading = this.#readingOf(text)
    const seen = this.#seen?.get(slot) ?? { certain: {}, hasOther: true }
    const { either, serial, isUtc } = reading
    const order = either && this.#orderOf(seen)
    const day = reading.day ?? (order ? either[order] : undefined) ?? (seen.hasOther ? undefined : serial)
    if (day === undefined) {
      if (reading.day === null) return null
      report.reject(
        position,
        this.#why(seen, reading, this.#header.hasSecret ? 'it' : `"${firstOf(text, 40)}"`),
        slot.header,
      )
    }
    if (day && isUtc) report.warn(position, 'holds a time of day in UTC: the day counts as it is written', slot.header)
    if (day && slot.field === 'birthDate' && (day < '1900-01-01' || day > this.#today))
      report.warn(position, 'lies before 1900 or after today: stored, and to be checked', slot.header)
    return day
  }
}
