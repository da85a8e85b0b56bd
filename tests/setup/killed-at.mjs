/** Ends the process as `kill -9` would, before or after its first call of the function of node:fs that KILLED_AT names. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [when, name] = (process.env.KILLED_AT ?? '').split(' ')
const call = fs[name]
if (call && process.argv.includes('restore')) {
  fs[name] = (...values) => {
    if (when === 'after') call(...values)
    process.kill(process.pid, 'SIGKILL')
  }
  syncBuiltinESMExports()
}
