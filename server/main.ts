/** Starts the register: migrations, database, listening; and stops it when told to. */
import type { Database } from '../db/database.ts'
import { open } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { createApp } from './app.ts'
import { newSetupToken } from './auth/setup.ts'
import type { Config } from './config.ts'
import { sayHeadsDaily } from './journal/heads.ts'
import { feedOf } from './live/feed.ts'
import { Drain } from './runtime/drain.ts'
import { client, migrations } from './runtime/folders.ts'
import { createHttpServer, listen } from './runtime/http-server.ts'
import type { Log } from './runtime/logging.ts'
import { createLog } from './runtime/logging.ts'

/** The address to type where nobody said a better one. */
function urlOf({ host, publicUrl }: Config, port: number): string {
  const reachable = /^(0\.0\.0\.0|::)$/.test(host) ? 'localhost' : host
  return publicUrl ?? `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

async function migrated(log: Log): Promise<void> {
  const { applied, copy } = await migrate(migrations)
  if (copy) console.log(`A copy of the database from before the migration is at ${copy}`)
  if (applied.length) log.info({ applied }, 'migrated')
}

/** What a person who starts it wants to know: where it is, and, while nobody has set it up, how to. */
function greeting(url: string, setupToken: string | null): string {
  return [`Homeroom is at ${url}`, ...(setupToken ? [`Setup: ${url}/setup#t=${setupToken}`] : [])].join('\n')
}

async function serve(db: Database, config: Config, log: Log, drain: Drain): Promise<void> {
  const isDraining = () => drain.isDraining
  const server = createHttpServer(createApp({ db, config, log, clientFolder: client, isDraining }))
  drain.watch(server)
  drain.streams(() => feedOf(db).end())
  drain.atLast(sayHeadsDaily(db, log))
  const setupToken = await newSetupToken(db, new Date())
  const url = urlOf(config, await listen(server, config))
  log.info({ url, pid: process.pid }, 'listening')
  console.log(greeting(url, setupToken))
}

/** Resolves once the register is served. Throws, with a sentence for people, when it can't be. */
export async function start(config: Config): Promise<void> {
  const log = createLog(config)
  const { drainDelayMs: delayMs, drainDeadlineMs: deadlineMs } = config
  const drain = new Drain({ log, delayMs, deadlineMs, exit: process.exit })
  await migrated(log)
  const db = await open()
  drain.atLast(() => db.close())
  try {
    await serve(db, config, log, drain)
  } catch (error) {
    await db.close()
    throw error
  }
}
