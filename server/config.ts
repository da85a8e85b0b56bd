/** What the environment says, checked once at the start. db/dialect.ts reads what names the database. */
import { z } from 'zod'

/** A setting that can't be used. The message names the variable and what to write. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** A whole number; `says` completes the sentence "NAME must be …". */
const whole = (min: number, max: number) => {
  const says = `a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d{1,9}$/, says)
    .transform(Number)
    .pipe(z.number().min(min, says).max(max, says))
}
const host = z
  .string()
  .regex(/^[\w.:-]+$/, 'a host name or an address, such as 127.0.0.1 or 0.0.0.0')
  .default('127.0.0.1')

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
const isOrigin = (text: string) => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
}

const settings = z.object({
  HOST: host,
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'the address people type, without a path, such as https://register.school.example')
    .transform((text) => new URL(text).origin)
    .optional(),
  TRUST_PROXY: whole(0, 10).default(0),
  DRAIN_DELAY_MS: whole(0, 600_000).default(0),
  DRAIN_DEADLINE_MS: whole(0, 3_600_000).default(25_000),
  DRAIN_LINGER_MS: whole(0, 600_000).default(1000),
  WORKERS: whole(1, 64).default(1),
  METRICS_HOST: host,
  METRICS_PORT: whole(0, 65_535).optional(),
  LOG_LEVEL: z.enum(levels, `one of ${levels.join(', ')}`).default('info'),
})

export interface Config {
  /** Where it listens. */
  host: string
  /** 0 takes a free one. */
  port: number
  /** The origin people use, such as 'https://register.school.example'; none when nobody said. */
  publicUrl: string | undefined
  /** How many proxies stand in front, each adding to X-Forwarded-For; 0 believes no such header. */
  trustProxy: number
  /** How long a draining server still takes new connections, in ms: until its load balancer has noticed. */
  drainDelayMs: number
  /** After it, a draining server cuts what is still open, in ms. */
  drainDeadlineMs: number
  /** How long an idle connection of a draining server is kept: a request may be on its way. In ms. */
  drainLingerMs: number
  /** How many processes serve. */
  workers: number
  metricsHost: string
  /** Where /metrics is served; nowhere unless named. */
  metricsPort: number | undefined
  logLevel: (typeof levels)[number]
}

type Environment = Record<string, string | undefined>

/**
 * Throws `ConfigError` for the first setting that can't be used. An empty one counts as not given. `instead` is what the
 * command line says.
 */
export function readConfig(instead: Environment = {}, environment: Environment = process.env): Config {
  const delay = environment.NODE_ENV === 'production' ? '5000' : '0'
  const given = Object.entries({ DRAIN_DELAY_MS: delay, ...environment, ...instead }).filter(([, value]) => value)
  const { success, data, error } = settings.safeParse(Object.fromEntries(given))
  if (!success) {
    const [issue] = error.issues
    throw new ConfigError(`${issue?.path.join('.')} must be ${issue?.message}`)
  }
  if (data.DRAIN_DELAY_MS && data.DRAIN_DELAY_MS >= data.DRAIN_DEADLINE_MS)
    throw new ConfigError('DRAIN_DEADLINE_MS must be more than DRAIN_DELAY_MS: both count from the signal')
  return {
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL,
    trustProxy: data.TRUST_PROXY,
    drainDelayMs: data.DRAIN_DELAY_MS,
    drainDeadlineMs: data.DRAIN_DEADLINE_MS,
    drainLingerMs: data.DRAIN_LINGER_MS,
    workers: data.WORKERS,
    metricsHost: data.METRICS_HOST,
    metricsPort: data.METRICS_PORT,
    logLevel: data.LOG_LEVEL,
  }
}
