/** A register with a row in every table. For a process whose DATABASE_URL names a file. */
import { migrate } from '../../../db/migrate.ts'
import { open } from '../../../db/open.ts'
import { addRow, addSchool, foreignKeysOf, tables } from '../any-row.ts'

export async function fillRegister(): Promise<void> {
  await migrate()
  const db = await open()
  await db.transaction(0, async (tx) => {
    await addSchool(tx)
    for (const table of tables)
      await addRow(
        tx,
        table,
        {},
        foreignKeysOf(table).map(({ name }) => name),
      )
  })
  await db.close()
}
