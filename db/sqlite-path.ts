import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'

const refused = (says: string) => new Error(`DATABASE_URL ${says}`)
const looksLike = 'as in file:./data/homeroom.db'

/** A drive's letter is no host: file:///C:/data/homeroom.db. */
function withoutHost(text: string): string {
  const [, host, path] = /^\/\/([^/\\]*)(.*)$/s.exec(text) ?? []
  if (host === undefined || path === undefined) return text
  if (host && host !== 'localhost')
    throw refused(
      `must name a file of this machine: after file:// comes the machine's name, here ${host}. Write ${looksLike} or file:///srv/homeroom.db`,
    )
  return path.replace(/^\/(?=[A-Za-z]:[\\/])/, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw refused('has a % that is no escape of a character: write %25 for it')
  }
}

function withHome(path: string): string {
  if (!path.startsWith('~')) return path
  if (/^~[/\\]/.test(path)) return resolve(homedir(), path.slice(2))
  throw refused('can start with ~/, your own home folder; write another path in full, or ./~ for a file of that name')
}

function refuseOddForms(text: string): void {
  if (!text) throw refused(`names no file: write file: and a path, ${looksLike}`)
  if (/^\s|\s$|^["']|["']$/.test(text)) throw refused('has a space or a quote around its path: take it away')
  if (text.startsWith('$')) throw refused('names a variable that nothing has filled in: write the path in full')
  if (text.startsWith(':memory:'))
    throw refused(`must name a file, ${looksLike}: what is in memory ends with its server`)
  if (/[?#]/.test(text))
    throw refused(
      'takes no options: end it with the path. In the name of a file or folder, write %3F for ? and %23 for #',
    )
}

function refuseOtherReading(literal: string, file: string): void {
  if (literal === file || existsSync(file) || !existsSync(literal)) return
  throw refused(`means ${file}, but the register is at ${literal}: give it that name, or write % as %25 and ~ as ./~`)
}

const isFolder = (path: string) => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

export const isRelative = (url: string): boolean => !/^file:(\/|~|[A-Za-z]:[\\/])/.test(url)

export const fileUrl = (path: string): string => `file:${path.replace(/[%?#]/g, encodeURIComponent)}`

export function sqlitePath(url: string): string {
  const text = url.replace(/^file:/, '')
  refuseOddForms(text)
  const path = withHome(decoded(withoutHost(text)))
  if (path.includes('\0')) throw refused('has a character that no file can have in its name')
  const file = resolve(path)
  if (/[/\\]$/.test(path) || isFolder(file))
    throw refused(`names a folder: write the file in it too, as in ${path.replace(/[/\\]$/, '')}/homeroom.db`)
  refuseOtherReading(resolve(text), file)
  return file
}
