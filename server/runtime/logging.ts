/** The log: one JSON line per request, with these fields and no others, so that nothing about a person gets into it. */
import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'
import type { Config } from '../config.ts'

export type Log = Logger

/** To standard output unless told. */
export const createLog = ({ logLevel }: Pick<Config, 'logLevel'>, to: DestinationStream = pino.destination(1)): Log =>
  pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  )

export interface RequestLine {
  req_id: string
  method: string
  /** Without the query. */
  path: string
  status: number
  duration_ms: number
  procedures?: string[]
  /** Why it was refused, such as 'student.stale'. */
  reasons?: string[]
  user_id?: string
  school?: string
}

/** Their messages are ours or the language's; a driver's or a parser's may quote what somebody typed. */
const quotesNothing = [Error, TypeError, ReferenceError]
const isOneOfThese = (error: unknown) => quotesNothing.some((kind) => Object.getPrototypeOf(error) === kind.prototype)

/** What may be logged of a failure and its causes: kind, code and place; the message only where it can't quote data. */
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
