/** Each lasting trouble of a database is reported when it begins and when it ends, not with every call that fails. */
import type { Trouble } from './errors.ts'
import { translated, UnavailableError } from './errors.ts'

export type LastingTrouble = Exclude<Trouble, 'busy' | 'unsure' | 'moved'>

export interface Turn {
  trouble: LastingTrouble
  isOver: boolean
  error?: UnavailableError
  /** The trouble lasted `ms`, and `failed` calls failed of it: 0 and 1 when it begins. */
  ms: number
  failed: number
}

interface Lasting {
  since: number
  latest: number
  failed: number
}
type Kind = 'read' | 'write'

/** A nearly full disk takes a small write now and then: it has room again only after so many ms without a failure. */
const quiet = 5_000

export class Condition {
  readonly #lasting = new Map<LastingTrouble, Lasting>()
  readonly #watchers = new Set<(turn: Turn) => void>()
  readonly #worked: Record<Kind, number> = { read: -1, write: -1 }

  get troubles(): LastingTrouble[] {
    return [...this.#lasting.keys()]
  }

  get lastWorked(): number {
    return Math.max(this.#worked.read, this.#worked.write)
  }

  watch(listener: (turn: Turn) => void): void {
    this.#watchers.add(listener)
  }

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
      this.#notify({ trouble, isOver: true, ms: Math.round(performance.now() - since), failed })
    }
  }

  failed(kind: Kind, begun: number, thrown: unknown): unknown {
    const error = translated(thrown)
    if (!(error instanceof UnavailableError) || error.trouble === 'busy' || error.trouble === 'moved') return error
    const trouble = error.trouble === 'unsure' ? 'away' : error.trouble
    const worked = trouble === 'away' ? this.lastWorked : this.#worked[kind]
    // Other calls succeeded meanwhile: this call's connection failed, not the database.
    if (worked > begun && !this.#lasting.has(trouble)) return error
    const now = performance.now()
    const lasting = this.#lasting.get(trouble) ?? { since: now, latest: now, failed: 0 }
    lasting.latest = now
    lasting.failed++
    this.#lasting.set(trouble, lasting)
    if (lasting.failed === 1) this.#notify({ trouble, isOver: false, error, ms: 0, failed: 1 })
    return error
  }

  #notify(turn: Turn): void {
    for (const notify of this.#watchers) notify(turn)
  }
}
