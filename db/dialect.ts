import { readFileSync } from 'node:fs'

const setting = (name: string): string | undefined => {
  const file = process.env[`${name}_FILE`]
  return file ? readFileSync(file, 'utf8').trim() : process.env[name] || undefined
}

/** One process serves one database, decided here before any other module loads. */
export const databaseUrl = setting('DATABASE_URL') ?? 'file:./data/homeroom.db'
/** Migrations hold a lock over several transactions, which a transaction pooler does not allow. */
export const directUrl = setting('DATABASE_DIRECT_URL') ?? databaseUrl

export const isPostgres = /^postgres(ql)?:/.test(databaseUrl)
if (!isPostgres && !databaseUrl.startsWith('file:'))
  throw new Error('DATABASE_URL must start with file: or postgres:, as in file:./data/homeroom.db')

export const sqliteFile = databaseUrl.replace(/^file:/, '')

const poolSize = (name: string, fallback: number): number => {
  const text = process.env[name]
  if (!text) return fallback
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Error(`${name} must be a whole number from 1 to 999, not ${text}`)
  return Number(text)
}
export const pool = { min: poolSize('DATABASE_POOL_MIN', 2), max: poolSize('DATABASE_POOL_MAX', 10) }
