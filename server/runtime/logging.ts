/** Log lines have these fields and no others, so that no personal data gets into them. */
import type { DestinationStream, LogFn, Logger } from 'pino'
import { pino } from 'pino'
import { UnavailableError } from '../../db/errors.ts'
import { instanceId } from '../calls/instance-id.ts'
import type { Config } from '../config.ts'
import { appVersion } from './version.ts'

/** A line with any other sentence does not compile: add its sentence and its event name here. */
export const events = {
  'WORKERS times DATABASE_POOL_MAX is more than PostgreSQL has connections for: lower one of them, or raise its max_connections':
    'database.pools_too_large',
  'somebody on the way to the database could read along or answer in its place: write sslmode=verify-full in DATABASE_URL':
    'database.unprotected',
  'a sign-in failed': 'auth.failed',
  'all sessions and links were ended on the command line': 'auth.detached',
  'an account was changed on the command line': 'auth.changed',
  'somebody chose another password': 'auth.password_changed',
  'somebody signed in': 'auth.signed_in',
  'a mover was started from the page': 'mover.started',
  'the mover has ended': 'mover.ended',
  'the move could not be stopped': 'mover.not_stopped',
  'what became of the move could not be noted': 'mover.not_noted',
  'a worker could not start: the primary tries again': 'worker.failed',
  'a worker ended: the primary starts another': 'worker.ended',
  'the server cuts what is still open': 'server.cut',
  'listeners could not be told what changed': 'live.failed',
  'the reload failed: the old workers go on': 'server.reload_failed',
  'the database did not say whether the register is set up: the server asks again': 'server.greeting_failed',
  'the server could not stop cleanly': 'server.stop_failed',
  'older rows were filled, and none is left': 'backfill.done',
  'older rows were filled: they are looked at again once no server of the release before serves': 'backfill.waiting',
  'older rows are being filled: another process goes on': 'backfill.handed_over',
  'older rows could not be filled: a server tries again': 'backfill.failed',
  'a backup was made and verified': 'backup.verified',
  'the nightly backup failed: a server tries again in an hour': 'backup.failed',
  'an old backup could not be removed': 'backup.stuck',
  'the nightly backup could not be looked after': 'backup.untold',
  'what is saved could not be stored beside the backups: the server goes on trying': 'backup.stream_failed',
  'what is saved is stored beside the backups again': 'backup.stream_back',
  'the register could not be told that no stream is kept': 'backup.untold',
  "the screens' files could not be put into ASSETS_FOLDER": 'assets.unshared',
  'the journal has this head': 'journal.head',
  'a bundle was brought in': 'import.done',
  'a bundle was not brought in: its report says why': 'import.refused',
  'an import could not go on': 'import.failed',
  'something in the watched folder is no bundle: it stays there': 'import.ignored',
  'the watched folder and the database can be used again': 'import.watch_back',
  'the watched folder or the database can not be used: the watcher tries again': 'import.watch_away',
  'a flag, or a setting that a flag replaces, is past its end and serves on: homeroom flags remove tells what to take out':
    'flags.overdue',
  'flags can not be read: what was read last is served on': 'flags.unreadable',
  'the guard has turned a flag off: the calls on its new side failed': 'flags.guarded',
  'the sides of the flags could not be compared': 'flags.uncompared',
  'the uses of what goes from the API could not be written': 'api.uses_unwritten',
  'a read that is tried beside the one that answers differs from it, fails or is late': 'shadow.unlike',
  'MOVE_PAGE goes: run npx homeroom flags set move-page --off, and take it out': 'flags.old_setting',
  'the register has moved: the watcher ends, and goes on there when it is started again': 'import.watch_moved',
  'a webhook was disabled: nothing is sent to it any more': 'webhook.disabled',
  'webhooks could not be looked after': 'webhook.failed',
  'the watcher has ended': 'import.watch_ended',
  'the watcher waits for bundles': 'import.watching',
  'a worker could not get ready for the move': 'move.not_ready',
  'the register can not be served yet from where it moves: the worker tries on': 'move.not_served',
  'the register has moved to PostgreSQL: the server serves it from there': 'move.served',
  'the register has moved, and DATABASE_URL still names its old file: set it to the database of MOVE_TARGET_URL':
    'move.old_address',
  'the server listens': 'server.listening',
  'the database was migrated': 'database.migrated',
  'more calls come than can be served: some are sent away': 'server.overloaded',
  'the journal heads could not be read today': 'journal.heads_failed',
  'the server has reloaded': 'server.reloaded',
  'the server reloads': 'server.reloading',
  'a request was answered': 'request',
  'every call is served again': 'server.relieved',
  'older rows of a table are unchecked: see the reason': 'database.unvalidated',
  'the server has stopped': 'server.stopped',
  'the server stops': 'server.stopping',
  'the server stops at once': 'server.stopping_at_once',
  'the database answers again': 'database.back',
  'the database is away': 'database.away',
  'the database is busy': 'database.busy',
  'the database takes changes again': 'database.writable',
  'the database takes no changes': 'database.read_only',
  'the disk of the database has room again': 'database.room',
  'the disk of the database is full': 'database.full',
  'the primary is gone: the worker finishes what is under way': 'worker.orphaned',
  'the deadline has come: the server cuts what is still open': 'server.cut',
  'nothing handled an error: the process ends in order': 'failure.uncaught',
  'an unforeseen error occurred': 'failure.unexpected',
  'this process could not report itself in the database': 'instance.untold',
  'the newest step of this version was taken back while the server started: start the version before':
    'database.taken_back',
  'PUBLIC_URL is not set: the server answers by every name, also by one that another site points at it':
    'server.unnamed',
  'X-Forwarded-For arrives and TRUST_PROXY is 0: all who come through the proxy share the limits of one address':
    'proxy.untrusted',
} as const satisfies Record<string, string>
export type Sentence = keyof typeof events

interface Say {
  (sentence: Sentence): void
  (fields: object, sentence: Sentence): void
}
export type Log = Record<'fatal' | 'error' | 'warn' | 'info' | 'debug', Say> & Pick<Logger, 'flush'>

function withEvent(this: Logger, [first, second]: unknown[], method: LogFn): void {
  const [fields, sentence] = typeof first === 'string' ? [{}, first] : [first, second]
  method.call(this, { event: events[sentence as Sentence], ...(fields as object) }, sentence as Sentence)
}

export const createLog = ({ logLevel }: Pick<Config, 'logLevel'>, to: DestinationStream = pino.destination(1)): Log =>
  pino(
    {
      level: logLevel,
      base: { service: 'homeroom', version: appVersion, pid: process.pid, instance: instanceId },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { logMethod: withEvent },
    },
    to,
  )

/** Nobody can mend what goes wrong once `isSilent` is true. */
export function silencedOnce(log: Log, isSilent: () => boolean): Log {
  const say =
    (level: 'error' | 'warn' | 'info' | 'debug') =>
    (...line: unknown[]): void => {
      if (!isSilent()) (log[level] as (...line: unknown[]) => void)(...line)
    }
  const levels = { error: say('error'), warn: say('warn'), info: say('info'), debug: say('debug') }
  return { ...levels, fatal: log.fatal.bind(log), flush: log.flush.bind(log) }
}

export interface RequestLine {
  req_id: string
  /** The id comes from the request's `traceparent`. */
  trace_id?: string
  method: string
  path: string | undefined
  status: number
  duration_ms: number
  procedures?: string[]
  reasons?: string[]
  user_id?: string
  school?: string
  client?: string
}

/** Messages of these classes are ours or the language's; a driver's or a parser's may quote what somebody typed. */
const quotesNothing = [Error, TypeError, ReferenceError, UnavailableError]
const isOneOfThese = (error: unknown) => quotesNothing.some((kind) => Object.getPrototypeOf(error) === kind.prototype)

/** Only kind, code and position are logged; the message only where it cannot quote data. */
export function described(error: unknown): object[] {
  const links: object[] = []
  for (let link = error; link instanceof Error && links.length < 5; link = link.cause) {
    const { name, message, stack = '' } = link
    const { code } = link as NodeJS.ErrnoException
    const at = stack.split('\n').filter((line) => /^\s+at /.test(line))
    links.push({
      name,
      ...(typeof code === 'string' && { code }),
      ...(isOneOfThese(link) && { message: message.split('\n')[0]?.slice(0, 300) }),
      at: at.slice(0, 12).map((line) => line.trim()),
    })
  }
  return links.length ? links : [{ name: typeof error }]
}
