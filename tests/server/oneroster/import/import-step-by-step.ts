/**
 * A process that imports a folder, as at an instant. Before each school is committed it says `holds <org>` and waits for a line; `die` ends it
 * there, by a signal that no process survives.
 */
import { createInterface } from 'node:readline'
import { open } from '../../../../db/open.ts'
import { importBundle } from '../../../../server/oneroster/import.ts'

const [folder = '', at = ''] = process.argv.slice(2)
const db = await open()
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
await importBundle(db, folder, {
  timeZone: 'UTC',
  locale: 'en',
  now: new Date(at),
  async beside(_tx, { sourcedId }) {
    console.log(`holds ${sourcedId}`)
    const { value } = await lines.next()
    if (value === 'die') process.kill(process.pid, 'SIGKILL')
  },
})
await db.close()
console.log('done')
process.stdin.destroy()
