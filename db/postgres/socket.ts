/** The sockets that postgres.js speaks on. */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect, isIP, Socket as PlainSocket } from 'node:net'
import { connect as encrypt } from 'node:tls'

/** What postgres.js says of where to connect to. */
export interface Address {
  host: string[]
  port: number[]
  path?: string | false
}
/** As `sslmode` in DATABASE_URL says: without, with if the server can, with, with one whose certificate is right. */
export type Encryption = 'none' | 'prefer' | 'require' | 'verify'

export function encryptionOf(url: string): Encryption {
  const { searchParams } = new URL(url)
  const mode = searchParams.get('sslmode') ?? searchParams.get('ssl') ?? 'disable'
  if (searchParams.get('sslrootcert') === 'system') return 'verify'
  if (/^(disable|false|0)$/.test(mode)) return 'none'
  if (/^(prefer|allow)$/.test(mode)) return 'prefer'
  return mode === 'require' ? 'require' : 'verify'
}

export const failure = (code: string, message: string) => Object.assign(new Error(message), { code })

/**
 * Tells that it failed and that it is closed in one moment. Node tells the second a little later; what postgres.js sends
 * between the two it would answer with an empty result as soon as it is connected again: a read that finds nothing, a
 * "begin" that began nothing, a "commit" that is lost.
 */
function closingAtOnce(socket: Socket): Socket {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...args: unknown[]) => boolean
  let failed: unknown
  socket.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event === 'error') {
      failed ??= args[0]
      return true
    }
    // Without an error postgres.js would connect again at once, for good, to one who hangs up before the first word.
    if (event === 'close') emit('error', failed ?? failure('ECONNRESET', 'the server has hung up'))
    return event === 'close' ? emit('close', true) : emit(event, ...args)
  }
  return socket
}

/** Fails as soon as somebody listens: postgres.js would count a connection for good that it was never given. */
function failing(error: unknown): Socket {
  const socket = new PlainSocket()
  setImmediate(() => socket.destroy(error as Error))
  return socket
}

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const accepts = 'S'.charCodeAt(0)

/** Asks the server whether it can, and does. */
async function encrypted(plain: Socket, host: string, encryption: Encryption): Promise<Socket> {
  plain.write(sslRequest)
  const [answer] = (await once(plain, 'data')) as [Buffer]
  if (answer[0] !== accepts) {
    if (encryption === 'prefer') return plain
    throw failure('08P01', 'the server does not encrypt, as sslmode in DATABASE_URL asks for')
  }
  const name = isIP(host) ? {} : { servername: host }
  const secure = encrypt({ socket: plain, ...name, rejectUnauthorized: encryption === 'verify' })
  await once(secure, 'secureConnect')
  return secure
}

/** A socket to the address, ready or about to fail; never rejects. In ms: how long the encryption may take to begin. */
export async function openSocket(
  { host: hosts, port: ports, path }: Address,
  turn: number,
  encryption: Encryption,
  patience: number,
): Promise<Socket> {
  const host = hosts[turn % hosts.length] ?? 'localhost'
  const plain = path ? connect(path) : connect(ports[turn % hosts.length] ?? 5432, host)
  if (encryption === 'none' || path) return closingAtOnce(plain)
  const late = setTimeout(() => plain.destroy(failure('ETIMEDOUT', 'the server does not answer')), patience)
  plain.on('error', () => undefined)
  try {
    const hungUp = once(plain, 'close').then(() => Promise.reject(failure('ECONNRESET', 'the server has hung up')))
    return closingAtOnce(await Promise.race([encrypted(plain, host, encryption), hungUp]))
  } catch (error) {
    plain.destroy()
    return closingAtOnce(failing(error))
  } finally {
    clearTimeout(late)
  }
}
