import { accessSync, constants, existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { UnavailableError } from './errors.ts'

const { F_OK, R_OK, W_OK, X_OK } = constants

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? ''

function account(): string {
  try {
    const { username, uid } = userInfo()
    return `${username} (${uid})`
  } catch {
    return String(process.getuid?.())
  }
}

function ownerOf(path: string): string {
  const { uid, mode } = statSync(path)
  if (uid === process.getuid?.()) return `has the permissions 0${(mode & 0o777).toString(8)}`
  return `belongs to account ${uid}`
}

const causes: Record<string, string> = {
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk, or the share of it that this account may fill, is full',
  ENOTDIR: 'something on its way is a file and no folder',
  ELOOP: 'the links on its way lead in a circle',
  ENAMETOOLONG: 'a name on its way is too long',
}

export function sentence(file: string, path: string, verb: string, error: unknown): Error {
  const code = codeOf(error)
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? `${path} ${ownerOf(path)}, and ${account()} may not ${verb} it: run this as the account that owns it, or give it to this one with chown`
      : (causes[code] ?? (error as Error).message)
  return new UnavailableError(`DATABASE_URL names ${file}: ${why}`, { trouble: 'away', cause: error })
}

/** The outermost folder that this account can't enter; else the last that is there. */
function obstacle(path: string): string {
  const parent = dirname(path)
  if (parent === path) return path
  const above = obstacle(parent)
  if (above !== parent) return above
  try {
    accessSync(parent, X_OK)
    accessSync(path, F_OK)
    return path
  } catch {
    return parent
  }
}

function need(file: string, path: string, mode: number, verb: string): void {
  try {
    accessSync(path, mode)
  } catch (error) {
    throw sentence(file, path, verb, error)
  }
}

export function makeFolder(file: string): void {
  const folder = dirname(file)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const path = obstacle(folder)
    if (!statSync(path).isDirectory()) throw sentence(file, path, 'enter', { code: 'ENOTDIR' })
    // Node says ENOENT on a disk that is read-only.
    need(file, path, W_OK | X_OK, 'write in')
    throw sentence(file, path, 'write in', error)
  }
  need(file, obstacle(folder), X_OK, 'enter')
}

/** SQLite writes the file itself, the two beside it and, in the folder, new ones. */
export function refuseForeign(file: string): void {
  for (const path of [file, `${file}-wal`, `${file}-shm`])
    if (existsSync(path)) need(file, path, R_OK | W_OK, 'read and write')
  need(file, dirname(file), W_OK | X_OK, 'write in')
}

export function realPath(file: string): string {
  if (existsSync(file)) return realpathSync(file)
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UnavailableError(
      `DATABASE_URL names ${file}: it is a link to a file that is not there. Is its disk mounted?`,
    )
  return join(realpathSync(dirname(file)), basename(file))
}

/** SQLite's own words tell neither the file nor the variable. */
export function namedIn(file: string, error: unknown): unknown {
  const { name, message } = error as Error
  if (name === 'SqliteError') return new Error(`DATABASE_URL names ${file}: SQLite can't use it: ${message}`)
  if (!(error instanceof UnavailableError) || error.trouble === 'busy' || message.startsWith('DATABASE_URL'))
    return error
  return new UnavailableError(`DATABASE_URL names ${file}: ${message}`, { trouble: error.trouble, cause: error })
}
