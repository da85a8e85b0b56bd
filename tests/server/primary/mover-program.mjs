/** Stands in for `homeroom move`: what it does is in the environment of the test's process. */
import { appendFileSync } from 'node:fs'

const [, verb = 'go'] = process.argv.slice(2).filter((word) => word !== '--json')
appendFileSync(process.env.MOVER_LOG, `${verb}\n`)
process.on('SIGTERM', () => process.exit(143))
if (verb === 'stop') {
  console.log('{"stopped":true}')
  process.exit(0)
}
const { MOVER_DOES: does } = process.env
if (does === 'ends') console.log('{"rows":3,"took":7}')
else if (does === 'refuses') {
  console.error('Mend these first:\n  students.name of id 7')
  process.exitCode = 1
} else setInterval(() => {}, 1_000)
process.disconnect()
