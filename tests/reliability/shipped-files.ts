/** The files in deploy/, given to the programs they are for. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '../setup/server.ts'
import { root } from './app.ts'
import type { Balancer } from './balancer.ts'
import { startHaproxy, startNginx } from './balancer.ts'
import type { Row } from './proof.ts'
import { statusOf } from './site.ts'

const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

/** Its answer to a file that it is to check; undefined when the program is not here. */
async function complaint(program: string, args: string[]): Promise<string | undefined> {
  return promisify(execFile)(program, args, { env }).then(
    () => '',
    (error) => (error.code === 'ENOENT' ? undefined : `${error.stderr || error.message}`.trim()),
  )
}

/** systemd is asked only what it would say; it is not run. */
async function systemdRow(): Promise<Row> {
  const folder = temporaryFolder()
  const unit = join(folder.path, 'homeroom.service')
  // It looks whether the program is there, which may lie elsewhere on this machine.
  writeFileSync(
    unit,
    readFileSync(join(root, 'deploy/homeroom.service'), 'utf8').replace('/usr/bin/node', process.execPath),
  )
  const said = await complaint('systemd-analyze', ['verify', unit])
  folder.done()
  const figure = said === undefined ? 'NOT RUN: systemd-analyze is not here' : said || 'accepted'
  return { test: 'R14', load: 'systemd-analyze verify deploy/homeroom.service', figure, limit: 'accepted', ok: !said }
}

/** A server that answers with the headers it got, and has the screens' files or none. */
async function startEcho({ hasFiles = true } = {}) {
  const server = createServer((incoming, answer) => {
    if (incoming.url?.startsWith('/assets/') && !hasFiles) answer.statusCode = 404
    answer.end(JSON.stringify(incoming.headers))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

/** What arrives of a request whose sender lies about where it comes from. */
async function arrived(url: string): Promise<IncomingHttpHeaders> {
  const lies = { 'x-forwarded-for': '192.0.2.66', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/`, { headers: { ...lies, host: 'register.school.example' } }, async (answer) => {
      let body = ''
      for await (const part of answer) body += part
      resolve(JSON.parse(body))
    })
    sent.once('error', reject).end()
  })
}

async function headerRow(program: string, start: (ports: number[]) => Promise<Balancer>): Promise<Row> {
  const echo = await startEcho()
  const balancer = await start([echo.port, echo.port, echo.port])
  try {
    const headers = await arrived(balancer.url)
    const told = ['for', 'proto', 'host'].map((part) => headers[`x-forwarded-${part}`]).join(', ')
    const metrics = await statusOf(`${balancer.url}/metrics`)
    return {
      test: 'R14',
      load: `deploy/ ${program}: forged X-Forwarded-For, -Proto, -Host; GET /metrics`,
      figure: `${told}; ${metrics}`,
      limit: 'the truth; 404',
      ok:
        told === '127.0.0.1, http, register.school.example' &&
        metrics === 404 &&
        headers.host === 'register.school.example',
    }
  } finally {
    await balancer.stop()
    echo.close()
  }
}

const files = 600
const askers = 20
/** As between two versions: one server of three has the file that a page asks for. */
async function fileRow(program: string, start: (ports: number[]) => Promise<Balancer>): Promise<Row> {
  const servers = [await startEcho({ hasFiles: false }), await startEcho({ hasFiles: false }), await startEcho()]
  const balancer = await start(servers.map(({ port }) => port))
  let found = 0
  const ask = async () => {
    for (let n = 0; n < files / askers; n++)
      if ((await statusOf(`${balancer.url}/assets/index-${n}.js`)) === 200) found++
  }
  try {
    await Promise.all(Array.from({ length: askers }, ask))
    const load = `deploy/ ${program}: a file that one server of three has, ${askers} at a time`
    return { test: 'R14', load, figure: `${found} of ${files} found`, limit: 'all', ok: found === files }
  } finally {
    await balancer.stop()
    for (const server of servers) server.close()
  }
}

/** R1 and R2 prove that HAProxy and nginx lose no request with them. */
export const shippedRows = async (): Promise<Row[]> => [
  await systemdRow(),
  await headerRow('haproxy.cfg', startHaproxy),
  await headerRow('nginx.conf', startNginx),
  await fileRow('haproxy.cfg', startHaproxy),
  await fileRow('nginx.conf', startNginx),
]
