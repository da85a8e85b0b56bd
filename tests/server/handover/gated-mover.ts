/** The mover in a process of its own. At each point that GATED names it waits until the file of that name is in GATES. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { movable } from '../../../db/move/movable.ts'
import { move } from '../../../db/move/move.ts'

const { GATES = '', GATED = '' } = process.env
const gated = GATED.split(',')
const clock = new Int32Array(new SharedArrayBuffer(4))
const { file, url = '' } = movable()

try {
  await move({
    file,
    url,
    folder: 'drizzle',
    limits: { lastRound: 60_000 },
    tell: ({ waits }) => waits && console.log(`waits: ${waits}`),
    at(point) {
      console.log(`at ${point}.`)
      while (gated.includes(point) && !existsSync(join(GATES, point))) Atomics.wait(clock, 0, 0, 5)
    },
  })
  console.log('at the end.')
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
