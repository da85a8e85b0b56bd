/** A chain is a folder with the base of a stream and the pieces that follow from it, in the order of their numbers. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { giveToOwnerOf, settled, stamp, sweep, syncFolder, temporary } from '../../../db/backups/on-disk.ts'
import { making } from './piece.ts'

const chainForm = /^(\d{8}T\d{9}Z)-([0-9a-f]{12})$/
const pieceForm = /^(\d{6})(?:-(\d{8}T\d{9}Z))?$/

export interface ListedPiece {
  number: number
  file: string
  /** The database is whole with it, and holds all that was saved before then. */
  at: Date | undefined
}

export interface Chain {
  name: string
  place: string
  installation: string
  begunAt: Date
  /** Until the first that is missing, or is there twice. */
  pieces: ListedPiece[]
  /** Others lie behind it: nothing more may be added. */
  isCut: boolean
}

const instantOf = (text: string) => new Date(text.replace(/(....)(..)(..)T(..)(..)(..)(...)Z/, '$1-$2-$3T$4:$5:$6.$7Z'))

/** Before the name of a chain, where backups have names too. */
export const streamed = 'stream/'
export const streamFolder = (folder: string) => join(folder, 'stream')
export const pieceName = (number: number, at: Date | undefined): string =>
  `${String(number).padStart(6, '0')}${at ? `-${stamp(at)}` : ''}`

function piecesIn(place: string): Pick<Chain, 'pieces' | 'isCut'> {
  const all = readdirSync(place)
    .sort()
    .flatMap((name) => {
      const [, number, at] = pieceForm.exec(name) ?? []
      return number ? [{ number: Number(number), file: join(place, name), at: at ? instantOf(at) : undefined }] : []
    })
  const missing = all.findIndex(({ number }, index) => number !== index)
  return { pieces: missing < 0 ? all : all.slice(0, missing), isCut: missing >= 0 }
}

export const hasPiece = (place: string, number: number): boolean =>
  readdirSync(place).some((name) => Number(pieceForm.exec(name)?.[1] ?? Number.NaN) === number)

export function listChains(folder: string): Chain[] {
  const own = streamFolder(folder)
  if (!existsSync(own)) return []
  const names = readdirSync(own).sort().reverse()
  return names.flatMap((name) => {
    const [, begun, installation] = chainForm.exec(name) ?? []
    if (!begun || !installation) return []
    const place = join(own, name)
    return [{ name, place, installation, begunAt: instantOf(begun), ...piecesIn(place) }]
  })
}

export const bytesOf = ({ pieces }: Chain): number => pieces.reduce((sum, { file }) => sum + statSync(file).size, 0)

/** `fill` gets a folder that has its name only when `fill` has ended well. */
export async function makeChain<T>(
  folder: string,
  name: string,
  fill: (place: string) => Promise<T>,
): Promise<{ place: string; made: T }> {
  const own = streamFolder(folder)
  if (mkdirSync(own, { recursive: true, mode: 0o700 })) giveToOwnerOf(folder, own)
  sweep(own, making)
  const unfinished = temporary(join(own, `${making}${name}`))
  mkdirSync(unfinished, { mode: 0o700 })
  try {
    const made = await fill(unfinished)
    giveToOwnerOf(folder, unfinished)
    renameSync(unfinished, join(own, name))
    await syncFolder(own)
    return { place: join(own, name), made }
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    settled(unfinished)
  }
}

/** In ms. Verified backups tell of the days before. */
export const keptFor = 48 * 3_600_000

const dayMs = 24 * 3_600_000
const minute = 60_000
const freely = 6
const pauseAtMost = 30 * minute

/** Each base is a copy of the whole file. More than some a day come at growing distances, so that a server that is restarted again and again does not fill the disk. */
export function baseNotBefore(folder: string, installation: string, now: Date): Date {
  const begun = listChains(folder)
    .filter((chain) => chain.installation === installation && chain.begunAt <= now)
    .map(({ begunAt }) => begunAt.getTime())
  const ofDay = begun.filter((at) => now.getTime() - at < dayMs).length
  const pause = Math.min(pauseAtMost, Math.max(0, ofDay - freely + 1) * minute)
  return new Date(pause ? (begun[0] ?? 0) + pause : 0)
}

export interface PrunedChains {
  removed: string[]
  stuck: string[]
}

function remove(folder: string, { name, place }: Chain): string | undefined {
  const going = join(streamFolder(folder), `${making}${name}-removed`)
  try {
    renameSync(place, going)
    rmSync(going, { recursive: true, force: true })
    return undefined
  } catch (error) {
    return `stream/${name} could not be removed: ${(error as Error).message}`
  }
}

/** Any moment of the last two days stays: a chain goes once the one after it is older than that. */
export function outdatedChains(folder: string, installation: string, now: Date): Chain[] {
  const own = listChains(folder).filter((chain) => chain.installation === installation)
  return own.filter((_chain, index) => {
    const newer = own[index - 1]
    return newer !== undefined && now.getTime() - newer.begunAt.getTime() > keptFor
  })
}

export function pruneChains(folder: string, installation: string, now: Date): PrunedChains {
  const tried = outdatedChains(folder, installation, now).map((chain) => ({
    name: chain.name,
    why: remove(folder, chain),
  }))
  const removed = tried.filter(({ why }) => why === undefined).map(({ name }) => name)
  return { removed, stuck: tried.flatMap(({ why }) => why ?? []) }
}
