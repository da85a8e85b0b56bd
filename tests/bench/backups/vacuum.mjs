/** What SQLite alone takes: `vacuum.mjs <file> <copy>` prints ms. */
import { createRequire } from 'node:module'

const Sqlite = createRequire(import.meta.url)('better-sqlite3')
const [file, copy] = process.argv.slice(2)
const client = new Sqlite(file, { readonly: true })
const begun = performance.now()
client.prepare('vacuum into ?').run(copy)
console.log(Math.round(performance.now() - begun))
client.close()
