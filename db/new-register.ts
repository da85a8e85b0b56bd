/** A new register is never made in silence, nor where another folder was meant. */
import { closeSync, existsSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileUrl } from './sqlite-path.ts'

const header = 'SQLite format 3\0'
const mostNamed = 3

function isDatabase(path: string): boolean {
  try {
    const opened = openSync(path, 'r')
    try {
      const start = Buffer.alloc(header.length)
      readSync(opened, start, 0, start.length, 0)
      return start.toString('latin1') === header
    } finally {
      closeSync(opened)
    }
  } catch {
    return false
  }
}

/** Opening a file that is in use, and closing it, would end the locks this process holds on it: `file` itself is left out. */
function othersThan(file: string, project: string): string[] {
  const folder = dirname(file)
  const own = realpathSync(file)
  const beside = readdirSync(folder)
    .filter((name) => !/-(wal|shm|journal)$|\.(before|unverified|replaced)-/.test(name))
    .map((name) => join(folder, name))
  const all = new Set(
    [...beside, join(project, 'data/homeroom.db')].filter((path) => existsSync(path) && realpathSync(path) !== own),
  )
  return [...all].filter(isDatabase).slice(0, mostNamed)
}

export function madeSentence(file: string, project: string): string {
  const others = othersThan(file, project)
  const more = others.length ? `. It is not the one at ${others.join(' or ')}, which is left as it is` : ''
  return `A new register was made at ${file}${more}`
}

const isThere = (file: string) => existsSync(file) && statSync(file).size > 0

/** A path that is relative means another file in each folder from which a command is run. */
export function refuseElsewhere(file: string, project: string): void {
  const other = resolve(project, relative(process.cwd(), file))
  if (isThere(file) || other === file || !isThere(other)) return
  throw new Error(
    `DATABASE_URL is relative and means ${file} in this folder, where there is no register; there is one at ${other}. Set DATABASE_URL=${fileUrl(other)} to use it, or DATABASE_URL=${fileUrl(file)} to make a new one`,
  )
}
