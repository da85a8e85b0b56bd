import type { Progress, Tell } from './migration-run.ts'

const saidAfter = 10_000

/** Says what a run waits for, and each 10 s how long its statement takes already. Call `end` when it is over. */
export function sayProgress(say: (line: string) => void): { tell: Tell; end(): void } {
  let at: (Progress & { since: number }) | undefined
  const timer = setInterval(() => {
    if (at?.step === undefined || at.number === undefined) return
    const seconds = Math.round((performance.now() - at.since) / 1000)
    say(`${at.step}: statement ${at.number} of ${at.of} has taken ${seconds} s so far`)
  }, saidAfter)
  timer.unref()
  return {
    tell(progress) {
      at = progress.point === 'statement' ? { ...progress, since: performance.now() } : undefined
      if (progress.sentence) say(progress.sentence)
    },
    end: () => clearInterval(timer),
  }
}
