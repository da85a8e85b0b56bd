import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { canStream } from '../db/backups/open.ts'
import type { Database } from '../db/database.ts'
import { isAhead, leftFile, moveTargetUrl } from '../db/dialect.ts'
import { open, requireRegister } from '../db/open.ts'
import { createApp } from './app.ts'
import { newSetupToken } from './auth/setup.ts'
import { forgetStream } from './backups/stream/told.ts'
import type { Config } from './config.ts'
import { jobFlag } from './flags/provider.ts'
import { flagsOf } from './flags/store.ts'
import { openDoor } from './handover/door.ts'
import type { MoveNews } from './handover/handover.ts'
import { Handover } from './handover/handover.ts'
import { feedOf } from './live/feed.ts'
import { endMove, goOn } from './moves/end.ts'
import { atPrimary } from './moves/primary.ts'
import { AwaitedApp } from './runtime/awaited-app.ts'
import { keepBackfilling } from './runtime/backfilling.ts'
import { keepUses } from './runtime/counting-uses.ts'
import { Drain } from './runtime/drain.ts'
import { client } from './runtime/folders.ts'
import { keepGuard } from './runtime/guarding-flags.ts'
import { createPassedServer } from './runtime/http-server.ts'
import { keepImporting } from './runtime/importing.ts'
import { installationId } from './runtime/installation.ts'
import { keepInstance } from './runtime/instance.ts'
import { sayHeads } from './runtime/journal-heads.ts'
import { keepFlags } from './runtime/keeping-flags.ts'
import type { Log } from './runtime/logging.ts'
import { createLog, described, silencedOnce } from './runtime/logging.ts'
import { keepBackups } from './runtime/nightly-backups.ts'
import type { Orders } from './runtime/orders.ts'
import { obeyPrimary, sendToPrimary } from './runtime/orders.ts'
import { warnOfEncryption, warnOfPools } from './runtime/pools.ts'
import { keepWebhooks, sendingOf } from './runtime/sending-webhooks.ts'
import { shareAssets } from './runtime/sharing-assets.ts'
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

type App = ReturnType<typeof createApp>

interface Job {
  log: Log
  isDraining(): boolean
}

async function keepCopies(
  db: Database,
  { backupFolder: folder, backupKeyFile: keyFile, backupStreamSeconds }: Config,
  drain: Drain,
  job: Job,
): Promise<void> {
  const isStreamed = Boolean(folder && canStream && backupStreamSeconds)
  if (!isStreamed) await forgetOldStream(db, job.log)
  if (!folder) return
  const options = { ...job, folder }
  drain.atLast(keepBackups(db, { ...options, keyFile }))
  if (isStreamed) drain.atLast(keepStreaming(options))
}

async function keepAtWork(db: Database, config: Config, drain: Drain, job: Job): Promise<void> {
  // The latest added ends first: what fills and imports is to be stored too.
  await keepCopies(db, config, drain, job)
  const isOn = await jobFlag(flagsOf(db), 'backfills')
  drain.atLast(keepBackfilling(db, { ...job, isPaused: () => !isOn() }))
  drain.atLast(keepImporting(db, job))
  drain.atLast(keepGuard(db, job))
  drain.atLast(keepUses(db, job))
  drain.atLast(keepWebhooks(db, { ...job, sending: sendingOf(config) }))
  const takenBack = (step: string) => {
    job.log.fatal(
      { step },
      'the newest step of this version was taken back while the server started: start the version before',
    )
    endInOrder(drain, config)
  }
  drain.atLast(keepInstance(db, { ...job, takenBack }))
}

interface Serving {
  db: Database
  config: Config
  log: Log
  drain: Drain
}

/** Where the register has left, its jobs end quietly: other workers go on with them. */
const jobOf = ({ log, drain }: Serving, handover?: Handover): Job => {
  const hasMoved = () => handover?.hasMoved() ?? false
  return { log: silencedOnce(log, hasMoved), isDraining: () => drain.isDraining || hasMoved() }
}

/** The setting that the flag replaces is obeyed for a release. */
function forceFlags({ db, config, log }: Serving): void {
  if (config.hasMovePage) return
  flagsOf(db).force({ 'move-page': false })
  log.warn('MOVE_PAGE goes: run npx homeroom flags set move-page --off, and take it out')
}

/** Pages of this version are served without it, as long as every server is of one version. */
async function share({ assetsFolder }: Config, log: Log): Promise<void> {
  if (!assetsFolder) return
  await shareAssets(client, assetsFolder, new Date()).catch((error) =>
    log.error({ error: described(error) }, "the screens' files could not be put into ASSETS_FOLDER"),
  )
}

async function appOf(serving: Serving, handover?: Handover): Promise<App> {
  const { db, config, log, drain } = serving
  forceFlags(serving)
  drain.atLast(await keepFlags(db, { log }))
  await share(config, log)
  const installation = await installationId(db)
  drain.streams(() => feedOf(db).end())
  return createApp({
    db,
    config,
    log,
    installation,
    clientFolder: client,
    isDraining: () => drain.isAway,
    isEnding: () => drain.isDraining,
    handover,
  })
}

interface Served {
  server: Server
  handover?: Handover | undefined
  begin(): void
}

async function serve(serving: Serving): Promise<Served> {
  const { db, config, drain } = serving
  const tell = (news: MoveNews) => void sendToPrimary({ tell: 'move', news })
  const handover = Handover.of({ db, knowsTarget: moveTargetUrl !== undefined, tell, left: () => feedOf(db).end() })
  drain.streams(() => handover?.endStreams())
  const server = createPassedServer(await appOf(serving, handover))
  drain.watch(server)
  await keepAtWork(db, config, drain, jobOf(serving, handover))
  drain.atLast(async () => handover?.stop())
  return { server, handover, begin: () => undefined }
}

/** The worker is ready before the register is there: what comes to it too early waits. */
function serveAhead(serving: Serving): Served {
  const { db, config, drain, log } = serving
  const late = (error: unknown) =>
    log.error(
      { error: described(error) },
      'the register can not be served yet from where it moves: the worker tries on',
    )
  const awaited = new AwaitedApp(async () => {
    await requireRegister(db)
    const app = await appOf(serving)
    void keepAtWork(db, config, drain, jobOf(serving))
    return app
  }, late)
  const server = createPassedServer(awaited)
  drain.watch(server)
  return { server, begin: () => void awaited.begin() }
}

const warn = async (db: Database, config: Config, log: Log): Promise<void> => {
  if (leftFile)
    log.warn(
      { file: leftFile },
      'the register has moved, and DATABASE_URL still names its old file: set it to the database of MOVE_TARGET_URL',
    )
  warnOfEncryption(log)
  await warnOfPools(db, config.workers, log)
}

const noted = (noting: Promise<unknown>, log: Log) =>
  noting.catch((error) => log.error({ error: described(error) }, 'what became of the move could not be noted'))

const askPrimary = (): void => atPrimary({ pid: process.ppid, ask: (order) => sendToPrimary({ tell: 'mover', order }) })

/** Throws a sentence for people when the worker cannot serve. */
export async function work(config: Config): Promise<void> {
  const log = createLog(config)
  const drain = new Drain({ log, lingerMs: config.drainLingerMs, exit: process.exit })
  endOnFailure(drain, log, config)
  let served: Served
  let db: Database
  let heads = Promise.resolve()
  // The files may be of another version later, so they are loaded now.
  const metrics = config.metricsPort === undefined ? undefined : import('./runtime/metrics.ts')
  const orders: Orders = {
    socket: (socket) => void served.server.emit('connection', socket),
    greet: async (url) => {
      await greetAtLast(db, url, log)
      await warn(db, config, log)
      await noted(goOn(db, new Date()), log)
    },
    drain: (deadlineMs, isAway) => drain.begin(deadlineMs, { isAway }),
    finish: () => drain.finish(),
    cut: () => drain.cut('the server cuts what is still open'),
    heads: () => {
      heads = sayHeads(db, log)
    },
    metrics: async () => (await metrics)?.metricsOf(db) ?? [],
    open: async () => {
      const { door, close } = await openDoor(served.server)
      drain.atLast(close)
      void sendToPrimary({ tell: 'door', door })
    },
    doors: (doors) => served.handover?.knowDoors(doors),
    serve: () => served.begin(),
    moverEnded: (mover) => void noted(endMove(db, mover, new Date()), log),
  }
  obeyPrimary(orders, () => {
    log.error('the primary is gone: the worker finishes what is under way')
    drain.begin(config.drainDeadlineMs, { isAway: true })
    drain.finish()
  })
  askPrimary()
  db = await open({ isAhead })
  drain.atLast(() => db.close())
  drain.atLast(() => heads)
  if (metrics) drain.atLast(async () => sendToPrimary({ tell: 'counted', metrics: await orders.metrics() }))
  const serving = { db, config, log, drain }
  served = isAhead ? serveAhead(serving) : await serve(serving)
  void sendToPrimary({ tell: 'ready' })
  if (leftFile && !isAhead) void sendToPrimary({ tell: 'move', news: 'arrived' })
}
