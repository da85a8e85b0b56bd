interface Repeating {
  /** Looks at once, unless a look is under way. */
  look(): void
  /** Resolves once no look is under way; none begins any more. */
  stop(): Promise<void>
}

/** Looks now, and again whenever so many ms have passed, but never twice at once. `look` handles its own errors. */
export function repeat(every: number, work: () => Promise<void>): Repeating {
  let looking: Promise<void> | undefined
  let isOver = false
  const look = () => {
    if (isOver) return
    looking ??= work().finally(() => {
      looking = undefined
    })
  }
  look()
  const timer = setInterval(look, every)
  timer.unref()
  return {
    look,
    async stop() {
      isOver = true
      clearInterval(timer)
      await looking
    },
  }
}
