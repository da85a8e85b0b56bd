import { databaseUrl, directUrl, isPostgres } from './dialect.ts'
import { addressOf, unprotectedHosts } from './postgres/address.ts'

/** The database's hosts that are elsewhere and prove themselves by no certificate. */
export const unprotectedDatabaseHosts = (): string[] =>
  isPostgres ? [...new Set([databaseUrl, directUrl].flatMap((url) => unprotectedHosts(addressOf(url))))] : []
