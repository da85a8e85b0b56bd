/** What an import has to say about its files. However many rows are at fault, it stays small. */

const shownPerFile = 50

/** Where a row stands, for a person who has the file open. */
export interface Place {
  /** As the file is called in the bundle. */
  file: string
  /** The first line is 1. */
  line: number
}
export interface Finding extends Place {
  column?: string
  message: string
}
export interface Findings {
  total: number
  /** The first of each file. */
  shown: Finding[]
}

/** The bundle as a whole can't be read: nothing was changed. The message says what to do. */
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
  /** Rows that can't be stored truthfully. */
  rejected = new Counted()
  /** Rows that are stored, but not as their file means them, or perhaps not. */
  warnings = new Counted()
  /** About whole files. */
  notes = new Set<string>()

  /** What was found so far, to go on from more than once. */
  copy(): Report {
    return Object.assign(new Report(), {
      rejected: this.rejected.copy(),
      warnings: this.warnings.copy(),
      notes: new Set(this.notes),
    })
  }

  reject(place: Place, message: string, column?: string): void {
    this.rejected.add(findingAt(place, message, column))
  }

  warn(place: Place, message: string, column?: string): void {
    this.warnings.add(findingAt(place, message, column))
  }

  note(message: string): void {
    this.notes.add(message)
  }
}

const findingAt = ({ file, line }: Place, message: string, column?: string): Finding => ({
  file,
  line,
  ...(column && { column }),
  message,
})

export const findingText = ({ file, line, column, message }: Finding): string =>
  `${file}, line ${line}${column ? `, column ${column}` : ''}: ${message}`
