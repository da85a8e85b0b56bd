/** Log lines have these fields and no others, so that no personal data gets into them. */
import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'
import { instanceId } from '../calls/instance-id.ts'
import type { Config } from '../config.ts'
import { appVersion } from './version.ts'

/** A line with any other sentence does not compile: add its sentence and its event name here. */
export const events = {
  'WORKERS times DATABASE_POOL_MAX is more than PostgreSQL has connections for: lower one of them, or raise its max_connections':
    'database.pools_too_large',
  'a worker could not start: trying again': 'worker.failed',
  'a worker has ended: starting another': 'worker.ended',
  'cutting what is still open': 'server.cut',
  'could not fill up a journal: whoever reads it does': 'journal.fill_failed',
  'could not reload: what served before goes on': 'server.reload_failed',
  'could not see whether the register is set up: looking again': 'server.greeting_failed',
  'could not stop cleanly': 'server.stop_failed',
  'filled up the journal of the release before': 'journal.filled',
  'journal head': 'journal.head',
  listening: 'server.listening',
  migrated: 'database.migrated',
  'more calls than can be served: sending some away': 'server.overloaded',
  'no journal heads today': 'journal.heads_failed',
  reloaded: 'server.reloaded',
  reloading: 'server.reloading',
  request: 'request',
  'serving every call again': 'server.relieved',
  'rows from before a constraint are not checked yet': 'database.unvalidated',
  stopped: 'server.stopped',
  stopping: 'server.stopping',
  'stopping at once': 'server.stopping_at_once',
  'the database answers again': 'database.back',
  'the database is away': 'database.away',
  'the database is busy': 'database.busy',
  'the database takes changes again': 'database.writable',
  'the database takes no changes': 'database.read_only',
  'the disk of the database has room again': 'database.room',
  'the disk of the database is full': 'database.full',
  'the primary has gone: finishing what is under way': 'worker.orphaned',
  'the deadline has come: cutting what is still open': 'server.cut',
  uncaughtException: 'failure.uncaught',
  unexpected: 'failure.unexpected',
  unhandledRejection: 'failure.uncaught',
  'what this process does is not told to the others': 'instance.untold',
} as const satisfies Record<string, string>
export type Sentence = keyof typeof events

interface Say {
  (sentence: Sentence): void
  (fields: object, sentence: Sentence): void
}
export type Log = Record<'fatal' | 'error' | 'warn' | 'info' | 'debug', Say> & Pick<Logger, 'flush'>

function withEvent(this: Logger, args: unknown[], method: (this: Logger, ...args: never[]) => void): void {
  const [fields, sentence] = typeof args[0] === 'string' ? [{}, args[0]] : (args as [object, Sentence])
  method.apply(this, [{ event: events[sentence as Sentence], ...fields }, sentence] as never)
}

export const createLog = ({ logLevel }: Pick<Config, 'logLevel'>, to: DestinationStream = pino.destination(1)): Log =>
  pino(
    {
      level: logLevel,
      base: { service: 'homeroom', version: appVersion, pid: process.pid, instance: instanceId },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { logMethod: withEvent as never },
    },
    to,
  )

export interface RequestLine {
  req_id: string
  /** The id comes from the request's `traceparent`. */
  trace_id?: string
  method: string
  path: string | undefined
  status: number
  duration_ms: number
  procedures?: string[]
  /** Reasons are such as 'student.stale'. */
  reasons?: string[]
  user_id?: string
  school?: string
  client?: string
}

/** Messages of these classes are ours or the language's; a driver's or a parser's may quote what somebody typed. */
const quotesNothing = [Error, TypeError, ReferenceError]
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
