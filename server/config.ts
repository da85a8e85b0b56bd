import { randomBytes } from 'node:crypto'
import { z } from 'zod'

export class ConfigError extends Error {
  override name = 'ConfigError'
}

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
  OTHER_NAMES: z
    .string()
    .regex(/^[\w.-]+(?:, *[\w.-]+)*$/, 'host names between commas, such as blue.school.example, green.school.example')
    .transform((text) => text.toLowerCase().split(/, */))
    .default([]),
  TRUST_PROXY: whole(0, 10).default(0),
  DRAIN_DELAY_MS: whole(0, 600_000).default(0),
  DRAIN_DEADLINE_MS: whole(0, 3_600_000).default(25_000),
  DRAIN_LINGER_MS: whole(0, 600_000).default(1000),
  WORKERS: whole(1, 64).default(1),
  ASSETS_FOLDER: z.string().optional(),
  METRICS_HOST: host,
  METRICS_PORT: whole(0, 65_535).optional(),
  SECURITY_CONTACT: z
    .string()
    .regex(
      /^(?:mailto:|https:\/\/|tel:)[\x21-\x7e]+$/,
      'whom to tell of a security hole, such as mailto:it@school.example',
    )
    .optional(),
  HSTS_SUBDOMAINS: z.enum(['yes', 'no'], 'yes or no').default('no'),
  LOG_HASH_KEY: z
    .string()
    .min(16, 'at least 16 characters, the same on every server')
    .default(() => randomBytes(32).toString('base64url')),
  LOG_LEVEL: z.enum(levels, `one of ${levels.join(', ')}`).default('info'),
  BACKUP_FOLDER: z.string().optional(),
  BACKUP_KEY_FILE: z.string().optional(),
  BACKUP_STREAM_SECONDS: whole(0, 60).default(20),
  WRITES_PER_MINUTE: whole(60, 1_000_000).default(600),
  WEBHOOK_HOSTS: z
    .string()
    .toLowerCase()
    .regex(
      /^[\w.:-]+( *, *[\w.:-]+)*$/,
      'names or addresses with commas between them, such as 127.0.0.1,hooks.school.internal',
    )
    .transform((text) => text.split(',').map((host) => host.trim()))
    .default([]),
  MOVE_PAGE: z.enum(['yes', 'no'], 'yes or no').default('yes'),
})

export interface Config {
  host: string
  /** 0 takes any free port. */
  port: number
  publicUrl: string | undefined
  /** Beside the one of `publicUrl`; in small letters. */
  otherNames: readonly string[]
  /** So many proxies add to X-Forwarded-For; 0 ignores the header. */
  trustProxy: number
  /** In ms. A draining server takes new connections until its load balancer has noticed. */
  drainDelayMs: number
  /** In ms. After it, a draining server cuts what is still open. */
  drainDeadlineMs: number
  /** In ms. A request may be on its way over an idle connection. */
  drainLingerMs: number
  workers: number
  /** Servers of several versions share it: a page of one may load its files from another. */
  assetsFolder: string | undefined
  metricsHost: string
  metricsPort: number | undefined
  securityContact: string | undefined
  /** Browsers then refuse http for every name below PUBLIC_URL's too. */
  hstsSubdomains: boolean
  /** Without one, each start of a server has its own. */
  logHashKey: string
  logLevel: (typeof levels)[number]
  /** Where backups lie; each night the server makes one there. Without it there are none but those that people make. */
  backupFolder: string | undefined
  backupKeyFile: string | undefined
  /** So often what is saved on SQLite is stored beside the backups; 0 leaves that out. */
  backupStreamSeconds: number
  /** Of one person, over all processes. */
  writesPerMinute: number
  /** Webhooks may reach these, although they are in a private network. */
  webhookHosts: string[]
  /** The flag `move-page` replaces it; `server/flags/registry.ts` says until when it is obeyed. */
  hasMovePage: boolean
}

type Environment = Record<string, string | undefined>

/** Throws `ConfigError` for the first wrong setting. An empty one is missing. `instead` comes from the command line. */
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
    otherNames: data.OTHER_NAMES,
    trustProxy: data.TRUST_PROXY,
    drainDelayMs: data.DRAIN_DELAY_MS,
    drainDeadlineMs: data.DRAIN_DEADLINE_MS,
    drainLingerMs: data.DRAIN_LINGER_MS,
    workers: data.WORKERS,
    assetsFolder: data.ASSETS_FOLDER,
    metricsHost: data.METRICS_HOST,
    metricsPort: data.METRICS_PORT,
    securityContact: data.SECURITY_CONTACT,
    hstsSubdomains: data.HSTS_SUBDOMAINS === 'yes',
    logHashKey: data.LOG_HASH_KEY,
    logLevel: data.LOG_LEVEL,
    backupFolder: data.BACKUP_FOLDER,
    backupKeyFile: data.BACKUP_KEY_FILE,
    backupStreamSeconds: data.BACKUP_STREAM_SECONDS,
    writesPerMinute: data.WRITES_PER_MINUTE,
    webhookHosts: data.WEBHOOK_HOSTS,
    hasMovePage: data.MOVE_PAGE === 'yes',
  }
}
