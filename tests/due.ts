/** `npm run check:due`: what should be out of the code by the date of the newest commit, or `-- --on 2027-11-30`. No check depends on it. */
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { overdue, temporary } from '../server/temporary.ts'

const { on } = parseArgs({ options: { on: { type: 'string' } } }).values
if (on !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(on)) {
  console.error('--on takes a date, such as 2027-11-30')
  process.exit(2)
}
const date = on ?? execFileSync('git', ['log', '-1', '--format=%cs'], { encoding: 'utf8' }).trim()
const found = overdue(date)
for (const { setting, owner, end, afterwards } of found)
  console.error(`${setting} is overdue since ${end} (${owner}): ${afterwards}`)
if (!found.length)
  console.log(
    `Nothing is overdue on ${date}; ${temporary.map(({ setting, end }) => `${setting} ends on ${end}`).join(', ')}`,
  )
process.exitCode = found.length ? 1 : 0
