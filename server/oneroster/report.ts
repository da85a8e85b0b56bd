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
}
export interface Findings {
  total: number
  shown: Finding[]
}

/** Nothing was changed. The message says what to do. */
export class BundleError extends Error {
  override name = 'BundleError'
}

class Counted {
  total = 0
  #byFile = new Map<string, Finding[]>()

  copy(): Counted {
    const copied = new Counted()
    copied.total = this.total
    copied.#byFile = new Map([...this.#byFile].map(([file, found]) => [file, [...found]]))
    return copied
  }

  add(finding: Finding): void {
    this.total++
    const found = this.#byFile.get(finding.file) ?? []
    this.#byFile.set(finding.file, found)
    if (found.length < shownPerFile) found.push(finding)
  }

  get findings(): Findings {
    return { total: this.total, shown: [...this.#byFile.values()].flatMap((found) => found.toSorted(byLine)) }
  }
}
const byLine = (a: Finding, b: Finding) => a.line - b.line

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
    this.warnings.add(findingAt(position, message, column))
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

export const findingText = ({ file, line, column, message }: Finding): string =>
  `${file}, line ${line}${column ? `, column ${column}` : ''}: ${message}`
