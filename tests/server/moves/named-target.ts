/** The environment names a database to move to. Imported first: the setting is read once. */
import { afterAll } from 'vitest'

process.env.MOVE_TARGET_URL = 'postgres://homeroom:secret@db.school.example:5433/homeroom'
afterAll(() => {
  delete process.env.MOVE_TARGET_URL
})
