/** Saves students as fast as it is told to, and prints each one's name once it is saved: `backup-writer.ts <writer> <a second>`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { schools } from '../../db/schema/index.ts'
import { as, db, makePerson } from '../setup/people.ts'

const [writer = '', rate = ''] = process.argv.slice(2)
const [school] = await db.select().from(schools)
if (!school) throw new Error('there is no school')
const registrar = await makePerson(school, 'registrar')
const begun = performance.now()
let isOver = false
process.on('SIGTERM', () => {
  isOver = true
})
for (let n = 0; !isOver; n++) {
  const early = begun + (n * 1000) / Number(rate) - performance.now()
  if (early > 0) await sleep(early)
  const familyName = `${writer}-${n}`
  await as(registrar).students.create({ givenName: 'Ada', familyName })
  process.stdout.write(`${familyName}\n`)
}
await db.close()
