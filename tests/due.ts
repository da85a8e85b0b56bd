/** `npm run check:due`: what should be out of the code by the date of the newest commit, or `-- --on 2027-11-30`. No check depends on it. */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { overdueDeprecation, overdueDeprecations } from '../server/api/deprecations.ts'
import type { Flag } from '../server/flags/registry.ts'
import { flags, overdue, overdueSentence } from '../server/flags/registry.ts'

const { on } = parseArgs({ options: { on: { type: 'string' } } }).values
if (on !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(on)) {
  console.error('--on takes a date, such as 2027-11-30')
  process.exit(2)
}
const date = on ?? execFileSync('git', ['log', '-1', '--format=%cs'], { encoding: 'utf8' }).trim()
const found = [...overdue(date).map(overdueSentence), ...overdueDeprecations(date).map(overdueDeprecation)]
for (const one of found) console.error(one)
const ending = Object.entries<Flag>(flags).flatMap(([key, { expires }]) =>
  expires ? [`${key} ends on ${expires}`] : [],
)
if (!found.length) console.log(`Nothing is overdue on ${date}; ${ending.join(', ')}`)
process.exitCode = found.length ? 1 : 0
