/** A report stays small, however many rows are wrong: it shows so many of a file. */
const usuallyShown = 50

/** A person finds the row in the file by this; the first line is 1. */
export interface RowPosition {
  file: string
  line: number
}
export interface Finding extends RowPosition {
  column?: string
  message: string
  /** So many later lines of the file got the same warning. */
  more?: number
}
export interface Findings {
  total: number
  shown: Finding[]
}

/** Nothing was changed. The message says what to do. */
export class BundleError extends Error {
  override name = 'BundleError'
  /** What was noted before, which may be the cause. */
  notes: readonly string[] = []
}

/** A file of a district has 200,000 lines, and several schools may say the same of one line. */
class Lines {
  #bits = new Uint8Array(0)

  static from(stored: string): Lines {
    const lines = new Lines()
    lines.#bits = new Uint8Array(Buffer.from(stored, 'base64'))
    return lines
  }

  get stored(): string {
    return Buffer.from(this.#bits).toString('base64')
  }

  add(line: number): boolean {
    const [at, bit] = [line >> 3, 1 << (line & 7)]
    if (at >= this.#bits.length) {
      const more = new Uint8Array(Math.max(at + 1, this.#bits.length * 2))
      more.set(this.#bits)
      this.#bits = more
    }
    const byte = this.#bits[at] ?? 0
    this.#bits[at] = byte | bit
    return (byte & bit) === 0
  }
}

interface Group {
  finding: Finding
  lines: Lines
}
const byLine = (a: Finding, b: Finding) => a.line - b.line

function groupOf(finding: Finding): Group {
  const lines = new Lines()
  lines.add(finding.line)
  return { finding, lines }
}

type Groups<Of> = [file: string, groups: [key: string, group: Of][]][]
interface StoredCounted {
  total: number
  shownPerFile: number
  /** The lines of a group are in base64. */
  groups: Groups<{ finding: Finding; lines: string }>
}

class Counted {
  total = 0
  readonly #shownPerFile: number
  #byFile = new Map<string, Map<string, Group>>()

  constructor(shownPerFile: number) {
    this.#shownPerFile = shownPerFile
  }

  static from({ total, shownPerFile, groups }: StoredCounted): Counted {
    const counted = new Counted(shownPerFile)
    counted.total = total
    counted.#byFile = new Map(
      groups.map(([file, own]) => [
        file,
        new Map(own.map(([key, { finding, lines }]) => [key, { finding, lines: Lines.from(lines) }])),
      ]),
    )
    return counted
  }

  get stored(): StoredCounted {
    const groups = [...this.#byFile].map(([file, own]): StoredCounted['groups'][number] => [
      file,
      [...own].map(([key, { finding, lines }]) => [key, { finding, lines: lines.stored }]),
    ])
    return { total: this.total, shownPerFile: this.#shownPerFile, groups }
  }

  copy(): Counted {
    return Counted.from(structuredClone(this.stored))
  }

  #add(finding: Finding, key: string): void {
    const groups = this.#byFile.get(finding.file) ?? new Map<string, Group>()
    this.#byFile.set(finding.file, groups)
    const group = groups.get(key)
    if (group && !group.lines.add(finding.line)) return
    this.total++
    if (group) {
      group.finding.line = Math.min(group.finding.line, finding.line)
      group.finding.more = (group.finding.more ?? 0) + 1
    } else if (groups.size < this.#shownPerFile) groups.set(key, groupOf(finding))
  }

  add(finding: Finding): void {
    this.#add(finding, `${finding.line} ${finding.column} ${finding.message}`)
  }

  addOnce(finding: Finding): void {
    this.#add(finding, `${finding.column} ${finding.message}`)
  }

  get findings(): Findings {
    const shown = [...this.#byFile.values()].flatMap((groups) =>
      [...groups.values()].map(({ finding }) => finding).toSorted(byLine),
    )
    return { total: this.total, shown }
  }
}

export interface StoredReport {
  rejected: StoredCounted
  warnings: StoredCounted
  notes: string[]
}

export class Report {
  /** These rows cannot be stored truthfully. */
  rejected: Counted
  /** These rows are stored, but perhaps not as their file means them. */
  warnings: Counted
  notes = new Set<string>()

  constructor(shownPerFile = usuallyShown) {
    this.rejected = new Counted(shownPerFile)
    this.warnings = new Counted(shownPerFile)
  }

  static from({ rejected, warnings, notes }: StoredReport): Report {
    return Object.assign(new Report(), {
      rejected: Counted.from(rejected),
      warnings: Counted.from(warnings),
      notes: new Set(notes),
    })
  }

  get stored(): StoredReport {
    return { rejected: this.rejected.stored, warnings: this.warnings.stored, notes: [...this.notes] }
  }

  copy(): Report {
    return Object.assign(new Report(), {
      rejected: this.rejected.copy(),
      warnings: this.warnings.copy(),
      notes: new Set(this.notes),
    })
  }

  reject(position: RowPosition, message: string, column?: string): void {
    this.rejected.add(findingAt(position, message, column))
  }

  warn(position: RowPosition, message: string, column?: string): void {
    this.warnings.addOnce(findingAt(position, message, column))
  }

  note(message: string): void {
    this.notes.add(message)
  }
}

const findingAt = ({ file, line }: RowPosition, message: string, column?: string): Finding => ({
  file,
  line,
  ...(column && { column }),
  message,
})

const others = (more = 0) => (more ? ` and ${more} more ${more === 1 ? 'line' : 'lines'}` : '')

export const findingText = ({ file, line, column, message, more }: Finding): string =>
  `${file}, line ${line}${others(more)}${column ? `, column ${column}` : ''}: ${message}`
