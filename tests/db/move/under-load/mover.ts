/** A mover in a process of its own, which dies by SIGKILL at the point of KILL_AT, or PostgreSQL's sessions do at CUT_AT. */
import { movable } from '../../../../db/move/movable.ts'
import { move } from '../../../../db/move/move.ts'

const { KILL_AT, KILL_TIMES = '1' } = process.env
let left = Number(KILL_TIMES)
const { file, url = '' } = movable()

try {
  const result = await move({
    file,
    url,
    folder: 'drizzle',
    tell() {},
    at(point) {
      if (point !== KILL_AT || --left) return
      process.kill(process.pid, 'SIGKILL')
      // The signal may arrive a moment later.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    },
  })
  console.log('moved', JSON.stringify(result))
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
