import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect, isIP } from 'node:net'
import { connect as encrypt } from 'node:tls'

export interface Address {
  host: string[]
  port: number[]
  path?: string | false
}
/** `sslmode` of DATABASE_URL decides: 'prefer' encrypts if the server can, 'verify' checks the certificate. */
type Encryption = 'none' | 'prefer' | 'require' | 'verify'

function encryptionOf(url: string): Encryption {
  const settings = new URLSearchParams(url.split('?')[1])
  const mode = settings.get('sslmode') ?? settings.get('ssl') ?? 'disable'
  if (settings.get('sslrootcert') === 'system') return 'verify'
  if (/^(disable|false|0)$/.test(mode)) return 'none'
  if (/^(prefer|allow)$/.test(mode)) return 'prefer'
  return mode === 'require' ? 'require' : 'verify'
}

export const failure = (code: string, message: string) => Object.assign(new Error(message), { code })

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const accepts = 'S'.charCodeAt(0)

async function encrypted(plain: Socket, host: string, encryption: Encryption): Promise<Socket> {
  plain.write(sslRequest)
  const [answer] = (await once(plain, 'data')) as [Buffer]
  if (answer[0] !== accepts) {
    if (encryption === 'prefer') return plain
    throw failure('08P01', 'the server does not encrypt, as sslmode in DATABASE_URL asks for')
  }
  const name = isIP(host) ? {} : { servername: host }
  const secure = encrypt({ socket: plain, host, ...name, rejectUnauthorized: encryption === 'verify' })
  await once(secure, 'secureConnect')
  return secure
}

async function openOne(plain: Socket, host: string, encryption: Encryption, limit: number): Promise<Socket> {
  const late = setTimeout(() => plain.destroy(failure('ETIMEDOUT', 'the server does not answer')), limit)
  const lost = new Promise<never>((_, reject) => {
    plain.on('error', reject).on('close', () => reject(failure('ECONNRESET', 'the server has hung up')))
  })
  try {
    await Promise.race([once(plain, 'connect'), lost])
    return encryption === 'none' ? plain : await Promise.race([encrypted(plain, host, encryption), lost])
  } catch (error) {
    plain.destroy()
    throw error
  } finally {
    clearTimeout(late)
  }
}

/** Tries each host for at most `limit` ms, beginning with number `turn`. Rejects with the last host's failure. */
export async function openSocket(address: Address, url: string, turn: number, limit: number): Promise<Socket> {
  const { host: hosts, port: ports, path } = address
  if (path) return openOne(connect(path), '', 'none', limit)
  const encryption = encryptionOf(url)
  for (let n = 0; ; n++) {
    const [host = 'localhost', port = 5432] = [hosts[(turn + n) % hosts.length], ports[(turn + n) % ports.length]]
    try {
      return await openOne(connect(port, host), host, encryption, limit)
    } catch (error) {
      if (n + 1 >= hosts.length) throw error
    }
  }
}
