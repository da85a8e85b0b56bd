/** The server half of requests.ts: the whole app, and a bare node:http server that sends the same JSON. */
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { newId } from '../../db/kit.ts'
import { open } from '../../db/open.ts'
import { memberships, users } from '../../db/schema/index.ts'
import { createApp } from '../../server/app.ts'
import { startSession } from '../../server/auth/sessions.ts'
import { readConfig } from '../../server/config.ts'
import { nameOf } from '../../server/runtime/cookie.ts'
import { installationId } from '../../server/runtime/installation.ts'
import { createLog } from '../../server/runtime/logging.ts'
import { schoolOf } from './students.ts'

const db = await open()
const school = await schoolOf(db, 1000)
await db.optimize()
const userId = newId()
const token = await db.transaction(school.id, async (tx) => {
  await tx.insert(users).values({ id: userId, email: `${userId}@school.example`, name: 'Bench', createdAt: new Date() })
  await tx.insert(memberships).values({ schoolId: school.id, userId, role: 'registrar' })
  return startSession(tx, newId(), userId, new Date())
})

const installation = await installationId(db)
const app = createApp({
  db,
  installation,
  config: readConfig({}),
  log: createLog({ logLevel: 'silent' }),
  clientFolder: 'dist/client',
})
let answer = ''
const bare: RequestListener = (request, response) => {
  request.resume().on('end', () => {
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) })
      .end(answer)
  })
}

async function listening(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const ports = { app: await listening(getRequestListener(app.fetch)), bare: await listening(bare) }
process.on('message', (message: { answer?: string }) => {
  if (message.answer !== undefined) answer = message.answer
  process.send?.({ cpu: process.cpuUsage() })
})
process.send?.({ ports, cookie: `${nameOf(false, installation)}=${token}`, slug: school.slug })
