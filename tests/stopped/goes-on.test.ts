import { writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { startServer } from '../setup/server.ts'

it('starts a server beside PostgreSQL, and does not end', async () => {
  await startServer()
  writeFileSync(process.env.HOMEROOM_STARTED ?? '', 'yes')
  await new Promise(() => undefined)
}, 0)
