/** better-sqlite3 12 can end a process of Node 24.19 and later; 13 needs Node-API 10, which Node 20 lacks. Two drivers would not see each other's locks. */
const isPrebuilt = ['arm64', 'x64'].includes(process.arch)
const nodeApi = Number(process.versions.napi)
export const driver = nodeApi >= 10 && isPrebuilt ? 'better-sqlite3-13' : 'better-sqlite3'

/** 13 compiles a function for the rows of each statement, and opens no file where Node forbids that. */
export const makesCode = driver === 'better-sqlite3-13'
