/** Adds a school of 25,000 to the database that DATABASE_URL names. Run as a program. */
import { open } from '../../db/open.ts'
import { fillDemoSchool } from '../../server/demo/fill.ts'

const db = await open()
await fillDemoSchool(db, { students: 25_000, classesEach: 0 })
await db.close()
