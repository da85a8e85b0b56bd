import { it } from 'vitest'
import { byItself, byNpm, endsAll } from '../stopped/ends-all.ts'

it.each([
  ['SIGTERM', 'vitest', 143, byItself],
  ['SIGINT', 'browser', 130, byItself],
  ['SIGKILL', 'vitest', 'SIGKILL', byItself],
  ['SIGTERM, which only the shell gets,', 'vitest', 'SIGTERM', byNpm],
] as const)('%s to a check whose %s is under way ends all that it started', endsAll)
