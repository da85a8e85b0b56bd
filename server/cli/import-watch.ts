import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from '../../db/errors.ts'
import { hasLeft } from '../../db/move/movable.ts'
import { open } from '../../db/open.ts'
import type { Brought } from '../imports/watch/bring.ts'
import type { WatchOptions } from '../imports/watch/watch.ts'
import { Watcher } from '../imports/watch/watch.ts'
import type { ImportOptions } from '../oneroster/import.ts'
import type { Log } from '../runtime/logging.ts'
import { described } from '../runtime/logging.ts'
import { UsageError } from './command.ts'
import { commandLog } from './command-log.ts'
import { withDatabase } from './database.ts'
import { printResult } from './import-result.ts'
import { onOneLine, plain, say } from './terminal.ts'

/** In ms. Network file systems tell nobody of a change, so the folder is looked at again and again. */
const lookEvery = 5_000
const usualSettle = 60

interface Given {
  'dry-run'?: boolean | undefined
  'end-missing'?: boolean | undefined
  'skip-invalid'?: boolean | undefined
  json?: boolean | undefined
  settle?: string | undefined
}

function settleOf(given: Given): number {
  if (given['dry-run']) throw new UsageError('--watch moves what it has brought in, so it does not go with --dry-run')
  if (given['end-missing'])
    throw new UsageError(
      '--end-missing is decided for one bundle, after a --dry-run of it, so it does not go with --watch',
    )
  const seconds = given.settle ?? String(usualSettle)
  if (!/^\d{1,5}$/.test(seconds)) throw new UsageError('--settle takes a number of seconds, such as 60')
  return Number(seconds) * 1000
}

async function refuseFile(path: string): Promise<void> {
  const entry = await stat(path).catch(() => undefined)
  if (entry && !entry.isDirectory())
    throw new UsageError(`${onOneLine(path)} is no folder: name the one in which bundles arrive`)
}

function reportOf(given: Given, name: string, { failure, result, notes }: Brought, at: Date): string {
  const lines = [`${name}, ${at.toISOString()}: ${failure ? 'not brought in. Nothing was changed.' : 'brought in.'}`]
  if (failure) lines.push(`Reason: ${failure.sentence}.`)
  lines.push('')
  const add = (text: string) => void lines.push(text)
  if (result) printResult(result, given, { say: add, complain: add })
  else lines.push(...notes.map(onOneLine))
  return plain(`${lines.join('\n')}\n`)
}

const countOf = ({ result }: Brought, counted: 'new' | 'changed' | 'archived') =>
  Object.values(result?.totals ?? {}).reduce((sum, total) => sum + total[counted], 0)

function tellBrought(log: Log, name: string, brought: Brought, place: string, ms: number): void {
  const { source, failure, result, error } = brought
  const said = {
    ...{ bundle: name, source, outcome: failure ? 'failed' : 'done', place, duration_ms: Math.round(ms) },
    ...(failure && { reason: failure.reason }),
    ...(result && { rejected: result.rejected.total, warnings: result.warnings.total }),
    ...(!failure && {
      new: countOf(brought, 'new'),
      changed: countOf(brought, 'changed'),
      archived: countOf(brought, 'archived'),
    }),
    ...(error !== undefined && { error: described(error) }),
  }
  if (failure) log.error(said, 'a bundle was not brought in: its report says why')
  else log.info(said, 'a bundle was brought in')
}

function sayJson(bundle: string, { result, failure, notes }: Brought): void {
  if (result) say(JSON.stringify({ bundle, ...result }))
  else say(JSON.stringify({ bundle, isApplied: false, refused: failure?.sentence, notes }))
}

const tellTrouble = (log: Log) => (error: unknown) =>
  log.error({ error: described(error) }, 'the watched folder or the database can not be used: the watcher tries again')

function toldBy(log: Log, given: Given): WatchOptions['told'] {
  return {
    brought(name, brought, place, ms) {
      tellBrought(log, name, brought, place, ms)
      if (given.json) sayJson(name, brought)
    },
    trouble: tellTrouble(log),
    wellAgain: () => log.info('the watched folder and the database can be used again'),
    ignored: (name) => log.warn({ bundle: name }, 'something in the watched folder is no bundle: it stays there'),
  }
}

/** A database that is away may come up later than the watcher; one that this version does not fit ends it. */
async function migrated(end: AbortSignal, log: Log): Promise<void> {
  for (let isTold = false; !end.aborted; isTold = true)
    try {
      return await withDatabase(async () => {})
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error
      if (!isTold) tellTrouble(log)(error)
      await pause(end)
    }
}
const pause = (signal: AbortSignal) => sleep(lookEvery, undefined, { signal }).catch(() => undefined)

/** Runs until SIGTERM or SIGINT, or until the register has moved. What is being written then is finished; anything else is left to the next run. */
export async function watchFolder(given: Given, folder: string, settings: ImportOptions): Promise<number> {
  const path = resolve(folder)
  const settle = settleOf(given)
  await refuseFile(path)
  const end = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end.abort())
  const log = commandLog()
  await migrated(end.signal, log)
  const watcher = new Watcher(path, {
    ...{ settle, open, now: () => new Date(), clock: () => performance.now(), isStopping: () => end.signal.aborted },
    settings,
    reportOf: (name, brought, at) => reportOf(given, name, brought, at),
    told: toldBy(log, given),
  })
  log.info({ folder: path, settle_ms: settle }, 'the watcher waits for bundles')
  while (!end.signal.aborted) {
    if (hasLeft()) {
      log.error('the register has moved: the watcher ends, and goes on there when it is started again')
      return 1
    }
    await watcher.look()
    await pause(end.signal)
  }
  log.info('the watcher has ended')
  return 0
}
