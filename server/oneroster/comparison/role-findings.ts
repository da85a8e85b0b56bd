/** A role that makes no record is reported once, however many rows and schools have it. */
import type { Report, RowPosition } from '../report.ts'

const shown = 10

interface Words {
  first: RowPosition
  last: number
  counts: Map<string, number>
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`)

function listOf(counts: ReadonlyMap<string, number>): string {
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a)
  const words = byCount.slice(0, shown).map(([word, count]) => `${word || 'an empty role'} ${times(count)}`)
  return [...words, ...(byCount.length > shown ? [`${byCount.length - shown} more words`] : [])].join(', ')
}

export class RoleFindings {
  readonly #unknown = new Map<string, Words>()
  readonly #later = { count: 0, day: '' }
  #untimely = 0

  /** A person of several schools says a word once. */
  unknown({ file, line }: RowPosition, role: string): void {
    const words = this.#unknown.get(file) ?? { first: { file, line }, last: 0, counts: new Map() }
    this.#unknown.set(file, words)
    if (words.last === line) return
    words.last = line
    words.counts.set(role, (words.counts.get(role) ?? 0) + 1)
  }

  later(day: string): void {
    this.#later.count++
    if (!this.#later.day || day < this.#later.day) this.#later.day = day
  }

  untimely(): void {
    this.#untimely++
  }

  tell(report: Report): void {
    for (const { first, counts } of this.#unknown.values())
      report.warn(
        first,
        `names roles that nobody knows, which make nobody a student or staff: ${listOf(counts)}`,
        'role',
      )
    const { count, day } = this.#later
    if (count)
      report.note(
        `Roles that are yet to begin: ${count}, the first on ${day}. A role counts from the first import on or after its day`,
      )
    if (this.#untimely) report.note(`People whose roles are over or yet to begin were left out: ${this.#untimely}`)
  }
}
