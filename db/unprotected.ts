import { databaseUrl, directUrl, isPostgres } from './dialect.ts'
import { addressOf, unprotectedHosts } from './postgres/address.ts'

export const unprotectedDatabaseHosts = (): string[] =>
  isPostgres ? [...new Set([databaseUrl, directUrl].flatMap((url) => unprotectedHosts(addressOf(url))))] : []
