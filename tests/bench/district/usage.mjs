/** Loaded before a command: when it ends, file descriptor 3 gets what it took, as one line of JSON. */
import { writeSync } from 'node:fs'

process.once('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const taken = { seconds: performance.now() / 1000, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 }
  writeSync(3, `${JSON.stringify(taken)}\n`)
})
