/** A report stays small, however many rows are wrong. */
const shownPerFile = 50

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

  copy(): Lines {
    const copied = new Lines()
    copied.#bits = this.#bits.slice()
    return copied
  }

  /** Returns false for a line that is there. */
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

class Counted {
  total = 0
  /** By file, and in it by what tells findings apart. */
  #byFile = new Map<string, Map<string, Group>>()

  copy(): Counted {
    const copied = new Counted()
    copied.total = this.total
    for (const [file, groups] of this.#byFile)
      copied.#byFile.set(
        file,
        new Map(
          [...groups].map(([key, { finding, lines }]) => [key, { finding: { ...finding }, lines: lines.copy() }]),
        ),
      )
    return copied
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
    } else if (groups.size < shownPerFile) groups.set(key, groupOf(finding))
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

export class Report {
  /** These rows cannot be stored truthfully. */
  rejected = new Counted()
  /** These rows are stored, but perhaps not as their file means them. */
  warnings = new Counted()
  notes = new Set<string>()

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
