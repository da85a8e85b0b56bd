/**
 * better-sqlite3 12 ends a process of Node 24.19 and later when that collects a statement at the wrong moment. 13 does not; it
 * needs Node-API 10, which Node 20 lacks. A process has only one of them: two would not see the locks of each other.
 */
const isPrebuilt = ['arm64', 'x64'].includes(process.arch)
const nodeApi = Number(process.versions.napi)
export const driver = nodeApi >= 10 && isPrebuilt ? 'better-sqlite3-13' : 'better-sqlite3'

/** 13 compiles a function for the rows of each statement, and opens no file where Node forbids that. */
export const makesCode = driver === 'better-sqlite3-13'
