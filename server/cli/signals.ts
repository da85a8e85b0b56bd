/** What is half made is removed when the process ends, but not when a signal ends it. */
export function endInOrder(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code))
}
