import { createRequire } from 'node:module'
import type BetterSqlite from 'better-sqlite3'
import { driver } from './sqlite-driver-name.ts'

export const Sqlite: typeof BetterSqlite = createRequire(import.meta.url)(driver)
