/** Reads what is committed to a SQLite file, page by page, and leaves everybody's checkpoints alone. DECISIONS.md proves that a held reader misses nothing. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type BetterSqlite from 'better-sqlite3'
import { isBusy } from '../errors.ts'
import { connect, prepareFolder } from '../sqlite-file.ts'
import { stepsIn } from './sqlite.ts'

const headerBytes = 32
const frameHeaderBytes = 24
const framesAtOnce = 1000

export interface LogPlace {
  /** The salt names one log, until it begins anew; it is empty where there is no log yet. */
  salt: string
  frames: number
  sum: string
}

export interface Changes {
  pages: Map<number, Buffer>
  /** In pages; undefined where a transaction goes on. */
  size: number | undefined
  place: LogPlace
}

/** What lay between two places of the log is not known: the whole file has to be copied. */
export class LostPlaceError extends Error {
  override name = 'LostPlaceError'
}

const isFresh = ({ salt }: LogPlace) => salt === ''
const generationOf = (salt: string) => Number.parseInt(salt.slice(0, 8), 16)
/** SQLite counts the first half of the salt up whenever it begins a log anew. */
const isNext = (before: LogPlace, salt: string) =>
  isFresh(before) || (generationOf(before.salt) + 1) % 2 ** 32 === generationOf(salt)

function summed(words: Uint32Array, from: number, until: number, [first, second]: readonly [number, number]) {
  let [one, other] = [first, second]
  for (let at = from; at < until; at += 2) {
    one = (one + (words[at] ?? 0) + other) >>> 0
    other = (other + (words[at + 1] ?? 0) + one) >>> 0
  }
  return [one, other] as const
}

const hex = (sum: readonly [number, number]) => sum.map((half) => half.toString(16).padStart(8, '0')).join('')
const halves = (sum: string) => [Number.parseInt(sum.slice(0, 8), 16), Number.parseInt(sum.slice(8), 16)] as const

export interface Hold {
  release(): void
}

export class LogTail {
  readonly #file: string
  /** Closing a descriptor of the file would end the locks that this process holds on it, so they stay open. */
  readonly #database: number
  readonly #log: number
  /** Looks at the log and writes it into the file; the other one keeps people from saving meanwhile. */
  readonly #looker: BetterSqlite.Database
  readonly #locker: BetterSqlite.Database
  readonly #idle: BetterSqlite.Database[] = []
  readonly pageSize: number

  constructor(file: string) {
    prepareFolder(file)
    this.#file = file
    this.#looker = connect(file)
    this.#locker = connect(file)
    this.#looker.prepare('select count(*) from sqlite_schema').get()
    this.pageSize = this.#looker.pragma('page_size', { simple: true }) as number
    this.#database = openSync(file, 'r')
    this.#log = openSync(`${file}-wal`, 'r')
  }

  get #frameBytes(): number {
    return frameHeaderBytes + this.pageSize
  }

  steps(): string[] {
    return stepsIn(this.#looker)
  }

  hold(): Hold {
    const reader = this.#idle.pop() ?? connect(this.#file, { readonly: true })
    try {
      reader.exec('begin')
      reader.prepare('select count(*) from sqlite_schema').get()
    } catch (error) {
      reader.close()
      throw error
    }
    let isHeld = true
    return {
      release: () => {
        if (!isHeld) return
        reader.exec('commit')
        isHeld = false
        this.#idle.push(reader)
      },
    }
  }

  #salt(): string {
    const header = Buffer.alloc(headerBytes)
    return readSync(this.#log, header, 0, headerBytes, 0) < headerBytes ? '' : header.toString('hex', 16, 24)
  }

  /** The log as SQLite knows it: frames that nobody has committed are not counted. */
  #state(): { salt: string; frames: number } {
    for (;;) {
      const salt = this.#salt()
      const [state] = this.#looker.pragma('wal_checkpoint(noop)') as { busy: number; log: number }[]
      const { busy, log } = state ?? { busy: 0, log: 0 }
      if (busy) throw new Error('another process is busy with the log: how long it is can not be told')
      if (salt === this.#salt()) return { salt, frames: Math.max(0, log) }
    }
  }

  end(): LogPlace {
    const { salt, frames } = this.#state()
    return { salt, frames, sum: this.#sumAt(frames) }
  }

  get bytes(): number {
    return this.#state().frames * this.#frameBytes
  }

  #sumAt(frames: number): string {
    const sum = Buffer.alloc(8)
    const at = frames ? headerBytes + frames * this.#frameBytes - this.pageSize - 8 : headerBytes - 8
    return readSync(this.#log, sum, 0, 8, at) < 8 ? '' : sum.toString('hex')
  }

  isAt({ salt, frames, sum }: LogPlace): boolean {
    const now = this.#state()
    return salt !== '' && now.salt === salt && now.frames >= frames && this.#sumAt(frames) === sum
  }

  /** Throws `LostPlaceError` where the log of `before` has ended, and more than one came after it. */
  #from(before: LogPlace, now: { salt: string; frames: number }): LogPlace {
    if (now.salt === before.salt) return before
    if (!isNext(before, now.salt)) throw new LostPlaceError('the log began anew before it was read')
    return { salt: now.salt, frames: 0, sum: this.#sumAt(0) }
  }

  beginning(held: LogPlace): LogPlace {
    const now = this.#state()
    if (now.salt !== held.salt && !isNext(held, now.salt)) throw new LostPlaceError('the log began anew twice')
    return { salt: now.salt, frames: 0, sum: this.#sumAt(0) }
  }

  /** What was committed since `before` until now, in parts. `isHeld`: a hold was taken before anything came after it. */
  *since(before: LogPlace, isHeld = true): Generator<Changes> {
    const now = this.#state()
    if (!isHeld && now.salt !== before.salt) throw new LostPlaceError('the log began anew before it was held')
    let place = this.#from(before, now)
    while (place.frames < now.frames) {
      const part = this.#read(place, Math.min(framesAtOnce, now.frames - place.frames))
      place = part.place
      yield part
    }
  }

  #read({ salt, frames, sum }: LogPlace, count: number): Changes {
    const bytes = new ArrayBuffer(count * this.#frameBytes)
    const all = Buffer.from(bytes)
    readSync(this.#log, all, 0, all.length, headerBytes + frames * this.#frameBytes)
    // Its header is written before any frame of a new log.
    if (this.#salt() !== salt) throw new LostPlaceError('the log began anew while it was read')
    const words = new Uint32Array(bytes)
    const pages = new Map<number, Buffer>()
    let size = 0
    let chained = halves(sum)
    for (let at = 0; at < all.length; at += this.#frameBytes) {
      const page = at + frameHeaderBytes
      chained = summed(words, at / 4, at / 4 + 2, chained)
      chained = summed(words, page / 4, (page + this.pageSize) / 4, chained)
      if (all.toString('hex', at + 8, at + 24) !== salt + hex(chained))
        throw new LostPlaceError('a frame of the log does not follow from those before it')
      size = all.readUInt32BE(at + 4)
      pages.set(all.readUInt32BE(at), all.subarray(page, page + this.pageSize))
    }
    return { pages, size: size || undefined, place: { salt, frames: frames + count, sum: hex(chained) } }
  }

  /** The file as it is on disk; it is whole together with the changes of the log. */
  *file(): Generator<Buffer> {
    for (let at = 0; ; ) {
      const part = Buffer.allocUnsafe(1_048_576)
      const read = readSync(this.#database, part, 0, part.length, at)
      if (read) yield part.subarray(0, read)
      if (read < part.length) return
      at += read
    }
  }

  get fileBytes(): number {
    return fstatSync(this.#database).size
  }

  checkpoint(): void {
    this.#looker.pragma('wal_checkpoint(passive)')
  }

  /** Writes the log's end into the file and begins a new log; others' saves wait for moments. Undefined while somebody saves. After an error perhaps nothing is held. */
  turn(before: LogPlace, held: Hold): { rest: Changes[]; hold: Hold } | undefined {
    try {
      this.#locker.exec('begin immediate')
    } catch (error) {
      if (isBusy(error)) return undefined
      throw error
    }
    try {
      if (this.#state().frames - before.frames > framesAtOnce) return undefined
      const rest = [...this.since(before)]
      const meanwhile = this.hold()
      try {
        held.release()
        this.checkpoint()
        return { rest, hold: this.hold() }
      } finally {
        meanwhile.release()
      }
    } finally {
      this.#locker.exec('rollback')
    }
  }

  close(): void {
    for (const client of [this.#locker, this.#looker, ...this.#idle]) client.close()
    closeSync(this.#log)
    closeSync(this.#database)
  }
}
