import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { certificateFor } from '../../setup/certificate.ts'

const url = process.env.DATABASE_DIRECT_URL ?? ''
const folder = mkdtempSync(join(tmpdir(), 'homeroom-certificates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Stands between as a server that encrypts, with a certificate for `host`. */
async function encrypting(host: string) {
  const certificate = certificateFor(host)
  const proxy = createServer((near) => {
    near.on('error', () => near.destroy())
    near.once('data', () => {
      near.write('S')
      const secure = new TLSSocket(near, { isServer: true, ...certificate })
      const far = connect(Number(new URL(url).port), '127.0.0.1')
      for (const socket of [secure, far]) socket.on('error', () => near.destroy()).on('close', () => near.destroy())
      near.on('close', () => far.destroy())
      secure.pipe(far).pipe(secure)
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as { port: number }
  return { ...certificate, port, close: () => void proxy.close() }
}

async function outcomesOf(trusted: string, addresses: string[]): Promise<string[]> {
  const file = join(folder, 'trusted.pem')
  writeFileSync(file, trusted)
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: file }
  const run = ['--import', 'tsx', join(import.meta.dirname, 'ask.ts'), ...addresses]
  const { stdout } = await promisify(execFile)(process.execPath, run, { env })
  return JSON.parse(stdout)
}

test('where the address asks for it, a server must have a certificate for the very host that is named', async () => {
  const byName = await encrypting('localhost')
  const byNumber = await encrypting('127.0.0.1')
  const stranger = await encrypting('localhost')
  const at = (host: string, { port }: { port: number }, mode = 'verify-full') =>
    `${url.replace(/@[^/]*\//, `@${host}:${port}/`)}?sslmode=${mode}`
  const outcomes = await outcomesOf(byName.cert + byNumber.cert, [
    at('localhost', byName),
    at('127.0.0.1', byNumber),
    at('127.0.0.1', byName),
    at('localhost', byNumber),
    at('localhost', stranger),
    at('localhost', stranger, 'require'),
    at('localhost', stranger, 'prefer'),
  ])
  const wrongName = 'ERR_TLS_CERT_ALTNAME_INVALID'
  const unknown = 'DEPTH_ZERO_SELF_SIGNED_CERT'
  expect(outcomes).toEqual(['answered', 'answered', wrongName, wrongName, unknown, 'answered', 'answered'])
  for (const proxy of [byName, byNumber, stranger]) proxy.close()
})
