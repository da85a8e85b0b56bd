import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { canStream } from '../db/backups/open.ts'
import type { Database } from '../db/database.ts'
import { open } from '../db/open.ts'
import { createApp } from './app.ts'
import { newSetupToken } from './auth/setup.ts'
import { forgetStream } from './backups/stream/told.ts'
import type { Config } from './config.ts'
import { feedOf } from './live/feed.ts'
import { keepBackfilling } from './runtime/backfilling.ts'
import { Drain } from './runtime/drain.ts'
import { client } from './runtime/folders.ts'
import { createPassedServer } from './runtime/http-server.ts'
import { keepImporting } from './runtime/importing.ts'
import { installationId } from './runtime/installation.ts'
import { keepInstance } from './runtime/instance.ts'
import { sayHeads } from './runtime/journal-heads.ts'
import type { Log } from './runtime/logging.ts'
import { createLog, described } from './runtime/logging.ts'
import { keepBackups } from './runtime/nightly-backups.ts'
import type { Orders } from './runtime/orders.ts'
import { obeyPrimary, sendToPrimary } from './runtime/orders.ts'
import { warnOfEncryption, warnOfPools } from './runtime/pools.ts'
import { keepStreaming } from './runtime/streaming.ts'

/** In ms. After an unforeseen failure, calls under way get only so long. */
const afterFailure = 5000
const greetAgain = 5000

async function greet(db: Database, url: string): Promise<void> {
  const token = await newSetupToken(db, new Date())
  console.log([`Homeroom is at ${url}`, ...(token ? [`Setup: ${url}/setup#t=${token}`] : [])].join('\n'))
}

/** Nobody else prints the setup link, so this waits for the database. */
async function greetAtLast(db: Database, url: string, log: Log): Promise<void> {
  for (;;) {
    try {
      return await greet(db, url)
    } catch (error) {
      log.warn(
        { error: described(error) },
        'the database did not say whether the register is set up: the server asks again',
      )
      await sleep(greetAgain, undefined, { ref: false })
    }
  }
}

/** The primary starts another worker. */
function endInOrder(drain: Drain, { drainDeadlineMs }: Config): void {
  drain.begin(Math.min(afterFailure, drainDeadlineMs), { code: 1 })
  if (process.connected) void sendToPrimary({ tell: 'leaving' })
  else drain.finish()
}

function endOnFailure(drain: Drain, log: Log, config: Config): void {
  for (const failure of ['uncaughtException', 'unhandledRejection'])
    process.on(failure, (error) => {
      log.fatal({ failure, error: described(error) }, 'nothing handled an error: the process ends in order')
      endInOrder(drain, config)
    })
}

/** A worker that keeps no stream serves all the same where the register can't be told. */
const forgetOldStream = (db: Database, log: Log): Promise<void> =>
  forgetStream(db).catch((error) => {
    log.warn({ error: described(error) }, 'the register could not be told that no stream is kept')
  })

async function keepCopies(
  db: Database,
  { backupFolder: folder, backupKeyFile: keyFile, backupStreamSeconds }: Config,
  log: Log,
  drain: Drain,
): Promise<void> {
  const isStreamed = Boolean(folder && canStream && backupStreamSeconds)
  if (!isStreamed) await forgetOldStream(db, log)
  if (!folder) return
  const options = { log, folder, isDraining: () => drain.isDraining }
  drain.atLast(keepBackups(db, { ...options, keyFile }))
  if (isStreamed) drain.atLast(keepStreaming(options))
}

async function serve(db: Database, config: Config, log: Log, drain: Drain): Promise<Server> {
  const installation = await installationId(db)
  const server = createPassedServer(
    createApp({ db, config, log, installation, clientFolder: client, isDraining: () => drain.isAway }),
  )
  drain.watch(server)
  drain.streams(() => feedOf(db).end())
  // The latest added ends first: what fills and imports is to be stored too.
  await keepCopies(db, config, log, drain)
  drain.atLast(keepBackfilling(db, { log, isDraining: () => drain.isDraining }))
  drain.atLast(keepImporting(db, { log, isDraining: () => drain.isDraining }))
  const takenBack = (step: string) => {
    log.fatal(
      { step },
      'the newest step of this version was taken back while the server started: start the version before',
    )
    endInOrder(drain, config)
  }
  drain.atLast(keepInstance(db, { log, isDraining: () => drain.isDraining, takenBack }))
  return server
}

/** Throws a sentence for people when the worker cannot serve. */
export async function work(config: Config): Promise<void> {
  const log = createLog(config)
  const drain = new Drain({ log, lingerMs: config.drainLingerMs, exit: process.exit })
  endOnFailure(drain, log, config)
  let server: Server
  let db: Database
  let heads = Promise.resolve()
  // The files may be of another version later, so they are loaded now.
  const metrics = config.metricsPort === undefined ? undefined : import('./runtime/metrics.ts')
  const orders: Orders = {
    socket: (socket) => void server.emit('connection', socket),
    greet: async (url) => {
      await greetAtLast(db, url, log)
      warnOfEncryption(log)
      await warnOfPools(db, config.workers, log)
    },
    drain: (deadlineMs, isAway) => drain.begin(deadlineMs, { isAway }),
    finish: () => drain.finish(),
    cut: () => drain.cut('the server cuts what is still open'),
    heads: () => {
      heads = sayHeads(db, log)
    },
    metrics: async () => (await metrics)?.metricsOf(db) ?? [],
  }
  obeyPrimary(orders, () => {
    log.error('the primary is gone: the worker finishes what is under way')
    drain.begin(config.drainDeadlineMs, { isAway: true })
    drain.finish()
  })
  db = await open()
  drain.atLast(() => db.close())
  drain.atLast(() => heads)
  if (metrics) drain.atLast(async () => sendToPrimary({ tell: 'counted', metrics: await orders.metrics() }))
  server = await serve(db, config, log, drain)
  void sendToPrimary({ tell: 'ready' })
}
