/** Runs the backfill of seats on DATABASE_URL's register, and is killed by itself where it is told: `dying.ts [<point> <nth>]`. */
import { open } from '../../../db/open.ts'
import { runBackfill } from '../../../server/backfills/run.ts'
import { stepNumber } from '../../../server/runtime/schema-range.ts'
import { seatsBackfill } from '../../setup/seats-backfill.ts'

const [point, nth = '1'] = process.argv.slice(2)
let seen = 0

const db = await open()
const row = await runBackfill(db, seatsBackfill, new Date(), {
  now: () => new Date(),
  isStopping: () => false,
  stepOf: stepNumber,
  pause: async () => {},
  tell(at) {
    if (at === 'committed') console.log('batch')
    if (at === point && ++seen === Number(nth)) process.kill(process.pid, 'SIGKILL')
  },
})
console.log(row?.state ?? 'nothing to do')
await db.close()
