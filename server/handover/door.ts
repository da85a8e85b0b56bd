/** Workers of one server pass requests on to each other by a socket in a folder that no other account can enter. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Door {
  path: string
  secret: string
}

/** What a worker says of a request that it passes on. From outside they mean nothing. */
export const secretHeader = 'x-homeroom-door'
export const callerHeader = 'x-homeroom-caller'

/** In bytes, of the whole path: what every system takes for a socket. */
const longestPath = 103
const inFolder = 'homeroom-door-'

function place(): string {
  const own = tmpdir()
  return Buffer.byteLength(join(own, `${inFolder}XXXXXX`, 'door')) <= longestPath ? own : '/tmp'
}

const secrets = new WeakMap<Socket, Buffer>()
const callers = new WeakMap<IncomingMessage, string>()

export interface OpenDoor {
  door: Door
  close(): Promise<void>
}

/** Connections come to `server` beside those that the primary passes on. */
export async function openDoor(server: Server): Promise<OpenDoor> {
  const folder = mkdtempSync(join(place(), inFolder))
  const door = { path: join(folder, 'door'), secret: randomBytes(32).toString('base64url') }
  const secret = Buffer.from(door.secret)
  const listener = createServer((socket) => {
    secrets.set(socket, secret)
    server.emit('connection', socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(door.path, resolve)
  })
  return {
    door,
    async close() {
      listener.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const isSame = (given: string, secret: Buffer) =>
  given.length === secret.length && timingSafeEqual(Buffer.from(given), secret)

/** False for a request that came by the door without its secret. */
export function mayPass(incoming: IncomingMessage): boolean {
  const secret = secrets.get(incoming.socket)
  if (!secret) return true
  const { [secretHeader]: given, [callerHeader]: caller } = incoming.headers
  if (typeof given !== 'string' || typeof caller !== 'string' || !isSame(given, secret)) return false
  callers.set(incoming, caller)
  return true
}

export const isPassedOn = (incoming: IncomingMessage): boolean => callers.has(incoming)

/** Where the connection comes from, also where another worker has passed the request on. */
export const addressBehind = (incoming: IncomingMessage): string | undefined =>
  callers.get(incoming) ?? incoming.socket.remoteAddress
