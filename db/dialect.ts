import { configuredUrl, followed } from './followed.ts'
import { addressOf } from './postgres/address.ts'
import type { Preparing } from './postgres/statements.ts'
import { following, setting } from './setting.ts'
import { sqlitePath } from './sqlite-path.ts'

export const moveTargetUrl = setting('MOVE_TARGET_URL')
if (moveTargetUrl !== undefined) addressOf(moveTargetUrl, 'MOVE_TARGET_URL')

const configured = configuredUrl()
const target = followed(configured, moveTargetUrl)
/** This process waits where the register goes, and serves it once it is there. */
export const isAhead = target !== undefined && following() === 'ahead'
/** The file of DATABASE_URL, from which the register has moved to MOVE_TARGET_URL; empty where it has not. */
export const leftFile = target && !isAhead ? sqlitePath(configured) : ''
/** The file from which the register comes to where this process waits for it; else empty. */
export const awaitedFile = isAhead ? sqlitePath(configured) : ''
/** One process serves one database, decided here before any other module loads. */
export const databaseUrl = target ?? configured
/** Migrations hold a lock over several transactions, which a transaction pooler does not allow. */
export const directUrl = setting('DATABASE_DIRECT_URL') ?? databaseUrl

/** An empty database in which a backup is looked at, for a role that may make none. */
export const scratchUrl = setting('BACKUP_SCRATCH_URL')

export const isPostgres = /^postgres(ql)?:/.test(databaseUrl)
if (!isPostgres && !databaseUrl.startsWith('file:'))
  throw new Error('DATABASE_URL must start with file: or postgres:, as in file:./data/homeroom.db')
if (isPostgres) {
  addressOf(databaseUrl)
  addressOf(directUrl, 'DATABASE_DIRECT_URL')
  if (scratchUrl) addressOf(scratchUrl, 'BACKUP_SCRATCH_URL')
}

/** An absolute path; empty on PostgreSQL. */
export const sqliteFile = isPostgres ? '' : sqlitePath(databaseUrl)
/** The file system that several machines share, by its name, on which the operator wants the file all the same. */
export const allowedFileSystem = process.env.DATABASE_FILE_SYSTEM || undefined

const poolSize = (name: string, fallback: number): number => {
  const text = process.env[name]
  if (!text) return fallback
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Error(`${name} must be a whole number from 1 to 999, not ${text}`)
  return Number(text)
}
function preparing(): Preparing {
  const word = process.env.DATABASE_PREPARE || 'auto'
  if (word === 'auto' || word === 'yes' || word === 'no') return word
  throw new Error(`DATABASE_PREPARE must be auto, yes or no, not ${word}`)
}
export const pool = {
  min: poolSize('DATABASE_POOL_MIN', 2),
  max: poolSize('DATABASE_POOL_MAX', 10),
  prepare: preparing(),
}

export const programFolder = process.env.POSTGRES_PROGRAMS || undefined
export const programEnvironment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(PG|DATABASE_)/.test(name)),
)
