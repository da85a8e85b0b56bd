/** Run as a program in the sources of some version: migrates, and puts a row into each table. Prints those that took none, and why. */
import { noSchool } from '../../../db/database.ts'
import { migrate } from '../../../db/migrate.ts'
import { open } from '../../../db/open.ts'
import { addRow, addSchool, configOf, tables } from '../any-row.ts'

await migrate()
const db = await open()
await db.transaction(noSchool, (tx) => addSchool(tx))
for (const table of tables) {
  const adding = db.transaction(noSchool, (tx) => addRow(tx, table))
  await adding.catch((error) => console.log(`${configOf(table).name}: ${error}`))
}
await db.close()
