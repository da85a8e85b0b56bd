/**
 * better-sqlite3 12 ends a process of Node 24.19 and later when that collects a statement at the wrong moment. 13 does not; it
 * needs Node-API 10, which Node 20 lacks. A process has only one of them: two would not see the locks of each other.
 */
import { createRequire } from 'node:module'
import type BetterSqlite from 'better-sqlite3'

const isPrebuilt = ['arm64', 'x64'].includes(process.arch)
const nodeApi = Number(process.versions.napi)
export const driver = nodeApi >= 10 && isPrebuilt ? 'better-sqlite3-13' : 'better-sqlite3'

export const Sqlite: typeof BetterSqlite = createRequire(import.meta.url)(driver)
