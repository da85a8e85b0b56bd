/** PgBouncer in transaction mode before a PostgreSQL: each transaction may get another connection of the server. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { endWithUs } from './end-with-us.ts'
import { freePort } from './postgres.ts'

const path = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

export const hasPgbouncer = (): boolean => spawnSync('pgbouncer', ['--version'], { env: path }).status === 0

const settings = (folder: string, port: number, { hostname, port: server }: URL) => `
[databases]
* = host=${hostname} port=${server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users')}
pool_mode = transaction
max_client_conn = 500
default_pool_size = 12
server_login_retry = 0.2
`

async function answering(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = postgres(url, { max: 1, prepare: false, fetch_types: false, connect_timeout: 2 })
    try {
      await client.unsafe('select 1')
      return
    } catch (error) {
      if (attempt > 50) throw new Error('PgBouncer does not start', { cause: error })
      await sleep(100)
    } finally {
      await client.end({ timeout: 1 })
    }
  }
}

export async function startPgbouncer(postgresUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-pgbouncer-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  writeFileSync(join(folder, 'users'), '"postgres" ""\n"homeroom_serve" ""\n')
  writeFileSync(join(folder, 'pgbouncer.ini'), settings(folder, port, new URL(postgresUrl)))
  // PgBouncer refuses to run as root, too.
  const account = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const args = ['-q', ...account, join(folder, 'pgbouncer.ini')]
  const pooler = endWithUs(spawn('pgbouncer', args, { env: path, stdio: 'ignore', detached: true }))
  const gone = new Promise((resolve) => pooler.once('exit', resolve))
  const stop = async () => {
    pooler.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  const url = postgresUrl.replace(/:\d+\//, `:${port}/`)
  await answering(url).catch(async (error) => {
    await stop()
    throw error
  })
  return { url, stop }
}
