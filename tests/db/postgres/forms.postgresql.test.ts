/** Every usual form of an address against a real PostgreSQL that encrypts, has a socket, and asks for passwords. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Connection } from '../../../db/postgres/connection.ts'
import { openPostgres } from '../../../db/postgres/database.ts'
import { certificateFor } from '../../setup/certificate.ts'
import { giveToServer, startPostgres } from '../../setup/postgres.ts'
import { outsider } from '../outsider.ts'

const folder = mkdtempSync(join(tmpdir(), 'homeroom-forms-'))
function ownFile(name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  chmodSync(file, 0o600)
  giveToServer(file)
  return file
}
giveToServer(folder)

const { cert, key } = certificateFor('localhost')
const trusted = ownFile('server.crt', cert)
const stranger = ownFile('stranger.crt', certificateFor('localhost').cert)
const encrypting = [
  'ssl=on',
  `ssl_cert_file=${trusted}`,
  `ssl_key_file=${ownFile('server.key', key)}`,
  'password_encryption=scram-sha-256',
  `unix_socket_directories=${folder}`,
  `hba_file=${ownFile('pg_hba.conf', 'local all all trust\nhost all postgres all trust\nhost all all all scram-sha-256\n')}`,
]
const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'))
const server = await startPostgres(...encrypting, ...(hasIpv6 ? ['listen_addresses=127.0.0.1,::1'] : []))
const plain = await startPostgres()
const outdated = await startPostgres(
  ...encrypting.slice(0, 3),
  'ssl_min_protocol_version=TLSv1',
  'ssl_max_protocol_version=TLSv1.1',
)
const { port } = new URL(server.url)
const own = outsider(server.url)
beforeAll(() => own.rows(`create role hr login password 'a#b%c/d@e:f?g'`))
afterAll(async () => {
  await own.close()
  await Promise.all([server, plain, outdated].map((each) => each.stop()))
  rmSync(folder, { recursive: true, force: true })
})

/** Whether the connection is encrypted, or the code of its failure. */
async function outcomeOf(url: string): Promise<unknown> {
  const connection = new Connection(url)
  try {
    const [row] = await connection.send<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
    return row?.ssl ? 'encrypted' : 'plain'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  } finally {
    await connection.end()
  }
}

const wrongName = 'ERR_TLS_CERT_ALTNAME_INVALID'
const unknown = 'DEPTH_ZERO_SELF_SIGNED_CERT'
test.each([
  ['localhost', '', 'encrypted'],
  ['localhost', '?sslmode=disable', 'plain'],
  ['localhost', '?sslmode=allow', 'encrypted'],
  ['localhost', '?sslmode=prefer', 'encrypted'],
  ['localhost', '?sslmode=require', 'encrypted'],
  ['localhost', `?sslmode=require&sslrootcert=${trusted}`, 'encrypted'],
  ['localhost', `?sslmode=require&sslrootcert=${stranger}`, unknown],
  ['127.0.0.1', `?sslmode=verify-ca&sslrootcert=${trusted}`, 'encrypted'],
  ['localhost', `?sslmode=verify-ca&sslrootcert=${stranger}`, unknown],
  ['localhost', '?sslmode=verify-ca', unknown],
  ['localhost', `?sslmode=verify-full&sslrootcert=${trusted}`, 'encrypted'],
  ['127.0.0.1', `?sslmode=verify-full&sslrootcert=${trusted}`, wrongName],
  ['localhost', `?sslmode=verify-full&sslrootcert=${stranger}`, unknown],
  ['localhost', '?sslmode=verify-full', unknown],
  ['localhost', '?sslrootcert=system', unknown],
])('a server with a certificate for localhost, at %s%s: %s', async (host, query, outcome) => {
  expect(await outcomeOf(`postgres://postgres@${host}:${port}/postgres${query}`)).toBe(outcome)
})

test('a server that does not encrypt, or can not, is taken where that is only preferred', async () => {
  for (const { url } of [plain, outdated]) {
    for (const mode of ['prefer', 'allow', 'disable']) expect(await outcomeOf(`${url}?sslmode=${mode}`)).toBe('plain')
    for (const mode of ['require', 'verify-ca', 'verify-full'])
      expect(await outcomeOf(`${url}?sslmode=${mode}`)).toMatch(/^(08P01|ERR_SSL_\w+)$/)
  }
})

const raw = 'a#b%25c%2Fd@e:f%3Fg'
test.each([
  ['with a password', `hr:${encodeURIComponent('a#b%c/d@e:f?g')}@127.0.0.1:${port}/postgres`],
  ['with signs in a password that need no code', `hr:${raw}@127.0.0.1:${port}/postgres`],
  [
    'as hosts hand it out',
    `hr:${raw}@127.0.0.1:${port}/postgres?sslmode=require&channel_binding=prefer&connect_timeout=10`,
  ],
  ['with a socket in the query', `hr@/postgres?host=${folder}&port=${port}`],
  ['with everything in the query', `/postgres?host=${folder}&port=${port}&user=hr`],
  ['with a socket as its host', `hr@${encodeURIComponent(folder)}:${port}/postgres`],
  ['of several, one with a password', `hr:${raw}@127.0.0.1:1,127.0.0.1:${port}/postgres`],
  ['of several kinds', `hr:${raw}@/postgres?host=/nowhere,127.0.0.1&port=${port}`],
  ['that asks for a primary', `hr:${raw}@127.0.0.1:${port}/postgres?target_session_attrs=primary`],
  ['with options', `hr@/postgres?host=${folder}&port=${port}&options=-c%20search_path%3Dpg_temp`],
])('an address %s reaches the server, as its role', async (_, address) => {
  const connection = new Connection(`postgres://${address}`)
  const [row] = await connection.send<{ name: string; path: string }>(
    `select current_user as name, current_setting('search_path') as path, current_setting('TimeZone') as zone`,
  )
  await connection.end()
  expect(row).toEqual({ name: 'hr', path: address.includes('options') ? 'pg_temp' : '"$user", public', zone: 'UTC' })
})

if (hasIpv6)
  test('an address of IPv6 stands in brackets', async () => {
    for (const at of [`[::1]:${port}`, `127.0.0.1:1,[::1]:${port}`])
      expect(await outcomeOf(`postgres://postgres@${at}/postgres`)).toBe('encrypted')
    expect(await outcomeOf(`postgres:///postgres?user=postgres&host=::1&port=${port}`)).toBe('encrypted')
  })

/** Takes calls and says nothing. */
async function silent() {
  const listening = createServer((socket) => void socket.on('error', () => socket.destroy()))
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port: own } = listening.address() as { port: number }
  return { at: `127.0.0.1:${own}`, close: () => void listening.close() }
}

test('of several hosts none answers: that is said within 15 seconds, however many they are', async () => {
  const crowd = await Promise.all(Array.from({ length: 6 }, silent))
  const address = `postgres://hr@${crowd.map(({ at }) => at).join()}/postgres`
  const tried = [address, `${address}?sslmode=disable`].map((url) => {
    const said = openPostgres(url, { min: 2, max: 2 }).then(String, ({ message }) => message)
    return Promise.race([said, sleep(15_000, 'nothing')])
  })
  for (const said of await Promise.all(tried)) expect(said).toMatch(/^PostgreSQL does not answer at DATABASE_URL/)
  for (const one of crowd) one.close()
})
