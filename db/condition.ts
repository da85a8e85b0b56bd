/** How a database is doing: tells once when that changes, and not with every call that fails. */
import type { Trouble } from './errors.ts'
import { translated, UnavailableError } from './errors.ts'

/** The ones that last. 'busy' passes by itself, and 'unsure' is the moment in which it goes away. */
export type LastingTrouble = Exclude<Trouble, 'busy' | 'unsure'>

export interface Turn {
  trouble: LastingTrouble
  /** Whether it begins or is over. */
  isOver: boolean
  /** What failed first; undefined at its end. */
  error?: UnavailableError
  /** How long it lasted, in ms, and how many calls failed of it: 0 and 1 at its beginning. */
  ms: number
  failed: number
}

interface Lasting {
  since: number
  latest: number
  failed: number
}
type Kind = 'read' | 'write'

/** A disk that is nearly full takes a small write now and then: it has room again when none has failed for so long. In ms. */
const quiet = 5_000

export class Condition {
  readonly #lasting = new Map<LastingTrouble, Lasting>()
  readonly #watchers = new Set<(turn: Turn) => void>()
  readonly #worked: Record<Kind, number> = { read: -1, write: -1 }

  /** What is the matter at the moment. */
  get troubles(): LastingTrouble[] {
    return [...this.#lasting.keys()]
  }

  /** When it last did as it was asked, of performance.now(). */
  get lastWorked(): number {
    return Math.max(this.#worked.read, this.#worked.write)
  }

  /** `tell` hears each trouble's beginning and end. */
  watch(tell: (turn: Turn) => void): void {
    this.#watchers.add(tell)
  }

  /** Runs `work` and notes how it went. Throws every error as one of ours. */
  async follow<T>(kind: Kind, work: () => Promise<T>): Promise<T> {
    const begun = performance.now()
    try {
      const result = await work()
      this.worked(kind, begun)
      return result
    } catch (error) {
      throw this.failed(kind, begun, error)
    }
  }

  worked(kind: Kind, begun: number): void {
    this.#worked[kind] = performance.now()
    for (const [trouble, { since, latest, failed }] of this.#lasting) {
      const shows = trouble === 'away' ? begun > latest : kind === 'write' && begun > latest + quiet
      if (!shows) continue
      this.#lasting.delete(trouble)
      this.#tell({ trouble, isOver: true, ms: Math.round(performance.now() - since), failed })
    }
  }

  /** Answers the error to throw. */
  failed(kind: Kind, begun: number, thrown: unknown): unknown {
    const error = translated(thrown)
    if (!(error instanceof UnavailableError) || error.trouble === 'busy') return error
    const trouble = error.trouble === 'unsure' ? 'away' : error.trouble
    const worked = trouble === 'away' ? this.lastWorked : this.#worked[kind]
    // Others got through meanwhile: it was this call's connection, not the database.
    if (worked > begun && !this.#lasting.has(trouble)) return error
    const now = performance.now()
    const lasting = this.#lasting.get(trouble) ?? { since: now, latest: now, failed: 0 }
    lasting.latest = now
    lasting.failed++
    this.#lasting.set(trouble, lasting)
    if (lasting.failed === 1) this.#tell({ trouble, isOver: false, error, ms: 0, failed: 1 })
    return error
  }

  #tell(turn: Turn): void {
    for (const tell of this.#watchers) tell(turn)
  }
}
