/** Turns DATABASE_URL, in the forms that PostgreSQL's own programs take, into what a connection needs. Files are read anew each time. */
import { readFileSync } from 'node:fs'

export interface Server {
  /** A folder, which begins with a slash, holds a socket. */
  host: string
  port: number
}
const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
type Mode = (typeof modes)[number]
export interface Encryption {
  mode: Mode
  /** Without these certificates the ones that Node trusts count. */
  ca?: string
}
export interface Address {
  servers: Server[]
  encryption: Encryption
  user?: string | undefined
  password?: string | undefined
  database?: string | undefined
  target_session_attrs?: string | undefined
  settings: Record<string, string>
}

const example = 'postgres://user:password@db.school.example:5432/homeroom'
const codes = 'in a user or password write %25 for %, %2F for /, %3F for ? and %40 for @'
const ignored =
  /^(channel_binding|client_encoding|connect_timeout|fallback_application_name|gssencmode|idle_timeout|keepalives\w*|krbsrvname|load_balance_hosts|max|max_lifetime|prepare|sslcompression|sslnegotiation|sslsni|tcp_user_timeout|timezone)$/i
const refused =
  /^(hostaddr|passfile|replication|require_auth|requirepeer|service|ssl(cert|certmode|crl|crldir|key|password)|ssl_\w+)$/
const needing: [key: string, value: string][] = [
  ['channel_binding', 'require'],
  ['gssencmode', 'require'],
  ['sslnegotiation', 'direct'],
]
const sessions = ['read-write', 'read-only', 'primary', 'standby', 'prefer-standby']

const sslWords: Record<string, Mode> = {
  true: 'verify-full',
  1: 'verify-full',
  false: 'disable',
  0: 'disable',
  'no-verify': 'require',
}

class Query {
  readonly #found: URLSearchParams
  readonly variable: string

  constructor(text: string, variable: string) {
    // PostgreSQL takes a plus as it is.
    this.#found = new URLSearchParams(text.replaceAll('+', '%2B'))
    this.variable = variable
  }

  take(key: string): string | undefined {
    const value = this.#found.get(key) || undefined
    this.#found.delete(key)
    return value
  }

  refuse(sentence: string): never {
    throw new Error(`${this.variable} ${sentence}`)
  }

  rest(): Record<string, string> {
    for (const [key, value] of needing)
      if (this.#found.get(key) === value)
        this.refuse(
          `asks for ${key}=${value}, which the driver lacks: leave it out, and write sslmode=verify-full, which keeps others from listening too`,
        )
    const rest = [...this.#found].filter(([key]) => !ignored.test(key))
    for (const [key] of rest)
      if (refused.test(key)) this.refuse(`asks for ${key}, which the driver lacks: leave it out`)
    return Object.fromEntries(rest)
  }
}

function decoded(text: string | undefined, query: Query): string | undefined {
  if (!text) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return query.refuse(`has a % that begins no code such as %40: ${codes}`)
  }
}

const oneHost = /^(?:\[([^\]]+)\]|([^:[\]]*))(?::(\d*))?$/

function serversOf(authority: string, query: Query): Server[] {
  const named = query.take('host')
  const ports = query.take('port')?.split(',') ?? []
  const hosts = (named ?? authority).split(',').map((each): [string, string] => {
    // A host that has a name of its own in the query may hold colons, as addresses do.
    const [found, inBrackets, plain, port = ''] = oneHost.exec(each) ?? (named ? [each, each] : [])
    if (found === undefined) query.refuse(`must look like ${example}: ${codes}`)
    return [decoded(inBrackets ?? plain, query) ?? 'localhost', port]
  })
  return hosts.map(([host, own], index) => {
    const port = Number(own || ports[index] || ports[0] || 5432)
    if (Number.isInteger(port) && port > 0 && port < 65_536) return { host, port }
    return query.refuse(`must name a port from 1 to 65535, as in ${example}: ${codes}`)
  })
}

function certificates(file: string, query: Query): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return query.refuse(`names the file ${file} in sslrootcert, which can't be read: ${(error as Error).message}`)
  }
}

function encryptionOf(query: Query): Encryption {
  const [sslmode, ssl] = [query.take('sslmode'), query.take('ssl')]
  const file = query.take('sslrootcert')
  const word = sslmode ?? ssl ?? 'prefer'
  const mode = sslWords[word] ?? modes.find((each) => each === word)
  if (!mode) return query.refuse(`must have one of ${modes.join(', ')} as sslmode, not ${word}`)
  if (file === 'system') return { mode: 'verify-full' }
  if (!file || /^(disable|allow|prefer)$/.test(mode)) return { mode }
  // PostgreSQL's own programs check the certificate in this case too.
  return { mode: mode === 'require' ? 'verify-ca' : mode, ca: certificates(file, query) }
}

function sessionOf(query: Query): string | undefined {
  const attributes = query.take('target_session_attrs') ?? 'any'
  if (attributes === 'any') return undefined
  if (sessions.includes(attributes)) return attributes
  return query.refuse(`must have one of any, ${sessions.join(', ')} as target_session_attrs`)
}

/** Throws a sentence that names `variable` and says what to write; it tells nothing of the password. */
export function addressOf(url: string, variable = 'DATABASE_URL'): Address {
  const [found, who, authority = '', path, rest] =
    /^postgres(?:ql)?:\/\/(?:([^/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(url) ?? []
  const query = new Query(rest ?? '', variable)
  // A raw slash or question mark in a password ends the host too early.
  if (found === undefined || (!who && (path?.includes('@') || /^[^=&]*@/.test(rest ?? ''))))
    query.refuse(`must look like ${example}: ${codes}`)
  const [, user, password] = /^([^:]*):?(.*)$/s.exec(who ?? '') ?? []
  const given = {
    user: query.take('user') ?? decoded(user, query),
    password: query.take('password') ?? decoded(password, query),
    database: query.take('dbname') ?? decoded(path, query),
  }
  return {
    servers: serversOf(authority, query),
    encryption: encryptionOf(query),
    ...given,
    target_session_attrs: sessionOf(query),
    settings: query.rest(),
  }
}

const isNear = (host: string) => host.startsWith('/') || /^(localhost|::1|127\.[\d.]+)$/.test(host)

/** Somebody on the way to these hosts could read along, or answer in their place. */
export const unprotectedHosts = ({ servers, encryption }: Address): string[] =>
  encryption.mode === 'verify-full' ? [] : servers.map(({ host }) => host).filter((host) => !isNear(host))

/** The server itself is addressed, and not a pooler in front of it. */
export const isSameServer = (one: Address, other: Address): boolean =>
  JSON.stringify(one.servers) === JSON.stringify(other.servers)
