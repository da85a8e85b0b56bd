/** In ms, and requests. Each process counts for itself, so several serve a token more often. */
const windowMs = 60_000
export const perMinute = 600

interface Window {
  from: number
  used: number
}

export interface Left {
  isAllowed: boolean
  left: number
  /** In seconds, until all are there again. */
  resets: number
}

/** Bounds how often one token asks, so that a script which runs wild leaves the school's people alone. */
export class TokenRate {
  readonly #windows = new Map<string, Window>()

  count(tokenId: string, now: number): Left {
    const known = this.#windows.get(tokenId)
    const isCurrent = known && now >= known.from && now < known.from + windowMs
    const window = isCurrent ? known : { from: now, used: 0 }
    window.used++
    this.#windows.set(tokenId, window)
    const resets = Math.ceil((window.from + windowMs - now) / 1000)
    return { isAllowed: window.used <= perMinute, left: Math.max(0, perMinute - window.used), resets }
  }
}
