import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect, isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { connect as encrypt } from 'node:tls'
import type { Address, Encryption, Server } from './address.ts'

export const failure = (code: string, message: string) => Object.assign(new Error(message), { code })

class HandshakeError extends Error {}

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])
const [accepts, declines] = Buffer.from('SN')

function checking(host: string, { mode, ca }: Encryption): ConnectionOptions {
  if (mode !== 'verify-ca' && mode !== 'verify-full') return { rejectUnauthorized: false }
  return { ...(ca && { ca }), ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }), host }
}

async function encrypted(plain: Socket, host: string, encryption: Encryption): Promise<Socket> {
  plain.write(sslRequest)
  const [answer] = (await once(plain, 'data')) as [Buffer]
  const isOptional = encryption.mode === 'prefer' || encryption.mode === 'allow'
  if (answer[0] === accepts) {
    // Whoever stands between could put words of their own before the encrypted ones.
    if (answer.length > 1) throw failure('08P01', 'the server speaks before it encrypts')
    const name = isIP(host) ? {} : { servername: host }
    const secure = encrypt({ socket: plain, ...name, ...checking(host, encryption) })
    await once(secure, 'secureConnect').catch((error) => {
      throw isOptional ? new HandshakeError('the server can not encrypt', { cause: error }) : error
    })
    return secure
  }
  if (!isOptional) throw failure('08P01', 'the server does not encrypt, as sslmode in DATABASE_URL asks for')
  if (answer[0] !== declines) plain.unshift(answer)
  return plain
}

/** Without the delay of Nagle's algorithm: else the server answers the first part of a message only once it has waited for the second. */
const dial = ({ host, port }: Server) =>
  host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect({ port, host, noDelay: true })

async function openWith(plain: Socket, host: string, encryption: Encryption, limit: number): Promise<Socket> {
  const late = setTimeout(() => plain.destroy(failure('ETIMEDOUT', 'the server does not answer')), limit)
  const lost = new Promise<never>((_, reject) => {
    plain.on('error', reject).on('close', () => reject(failure('ECONNRESET', 'the server has hung up')))
  })
  try {
    await Promise.race([once(plain, 'connect'), lost])
    const isOpen = encryption.mode === 'disable' || host.startsWith('/')
    return isOpen ? plain : await Promise.race([encrypted(plain, host, encryption), lost])
  } catch (error) {
    plain.destroy()
    throw error
  } finally {
    clearTimeout(late)
  }
}

async function openOne(server: Server, encryption: Encryption, limit: number): Promise<Socket> {
  try {
    return await openWith(dial(server), server.host, encryption, limit)
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error
    return openWith(dial(server), server.host, { mode: 'disable' }, limit)
  }
}

interface Patience {
  /** In ms, for each server. */
  limit: number
  isOver(): boolean
}

export async function openSocket(
  { servers, encryption }: Address,
  turn: number,
  { limit, isOver }: Patience,
): Promise<Socket> {
  for (let n = 0; ; n++) {
    try {
      return await openOne(servers[(turn + n) % servers.length] as Server, encryption, limit)
    } catch (error) {
      if (n + 1 >= servers.length || isOver()) throw error
    }
  }
}
