import { join } from 'node:path'
import type { Changes, Hold, LogPlace, LogTail } from '../../../db/backups/log-tail.ts'
import { LostPlaceError } from '../../../db/backups/log-tail.ts'
import { refuseFull, stamp } from '../../../db/backups/on-disk.ts'
import type { Database } from '../../../db/database.ts'
import { journalHeads } from '../../journal/heads.ts'
import type { BackupKey } from '../key.ts'
import { baseNotBefore, hasPiece, makeChain, pieceName, pruneChains } from './chain.ts'
import type { Piece } from './piece.ts'
import { writePiece } from './piece.ts'

export interface StreamOptions {
  db: Database
  folder: string
  key: BackupKey | undefined
  version: string
  installation: string
  now?: () => Date
  /** In bytes of the log. Where nothing can be stored, the register's disk must not fill up instead. */
  heldAtMost?: number
  /** Called with each part that was stored: the first copy may take long. */
  tellAtWork?: () => void
  tellStuck?: (why: string) => void
}

export interface Growing {
  name: string
  place: string
  begunAt: Date
  hold: Hold
  until: LogPlace
  last: Pick<Piece, 'number' | 'seal'>
  baseBytes: number
  bytes: number
  rest: Changes[]
  isHeld: boolean
}

export interface SavedUntil {
  at: Date
  steps: string[]
  heads: Piece['heads']
}

function* contentOf({ pages }: Changes): Generator<Buffer> {
  for (const [number, page] of pages) {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(number)
    yield head
    yield page
  }
}

export class ChainWriter {
  readonly #tail: LogTail
  readonly #options: StreamOptions

  constructor(tail: LogTail, options: StreamOptions) {
    this.#tail = tail
    this.#options = options
  }

  now(): Date {
    return this.#options.now?.() ?? new Date()
  }

  /** Whatever was saved before `at` is in the log by now, and journals have come at least so far. */
  async moment(): Promise<SavedUntil> {
    const at = this.now()
    return { at, steps: this.#tail.steps(), heads: await journalHeads(this.#options.db) }
  }

  mayBegin(): boolean {
    const { folder, installation } = this.#options
    return baseNotBefore(folder, installation, this.now()) <= this.now()
  }

  async begin(): Promise<{ chain: Growing; at: Date }> {
    const { folder, key, installation } = this.#options
    const begunAt = this.now()
    const name = `${stamp(begunAt)}-${installation}`
    const hold = this.#tail.hold()
    try {
      const { place, made } = await makeChain(folder, name, async (unfinished) => {
        refuseFull(unfinished, this.#tail.fileBytes)
        const held = this.#tail.end()
        const about = { ...this.#about(name), number: 0, at: null, place: held, size: 0, steps: [], heads: [] }
        const base = await writePiece(
          join(unfinished, pieceName(0, undefined)),
          { ...about, previous: '' },
          this.#atWork(this.#tail.file()),
          key,
        )
        const moment = await this.moment()
        const from = this.#tail.beginning(held)
        const growing = {
          name,
          place: unfinished,
          begunAt,
          hold,
          until: from,
          last: base,
          baseBytes: base.fileBytes,
          bytes: 0,
          rest: [],
          isHeld: true,
        }
        // Without a change too: it makes the base whole.
        await this.store(growing, this.#tail.since(from), moment, { pages: new Map(), size: undefined, place: from })
        return { growing, at: moment.at }
      })
      for (const why of pruneChains(folder, installation, this.now()).stuck) this.#options.tellStuck?.(why)
      return { chain: { ...made.growing, place }, at: made.at }
    } catch (error) {
      hold.release()
      throw error
    }
  }

  *#atWork(parts: Iterable<Buffer>): Generator<Buffer> {
    for (const part of parts) {
      yield part
      this.#options.tellAtWork?.()
    }
  }

  #about(chain: string) {
    return { homeroom: this.#options.version, chain, pageBytes: this.#tail.pageSize }
  }

  /** The last one is whole. `instead` is stored where there is none. */
  async store(chain: Growing, all: Iterable<Changes>, moment: SavedUntil, instead?: Changes): Promise<void> {
    let held = instead
    let isInstead = true
    for (const part of all) {
      if (held && !isInstead) await this.#add(chain, held)
      held = part
      isInstead = false
    }
    if (held) await this.#add(chain, held, moment)
  }

  async #add(chain: Growing, changes: Changes, moment?: SavedUntil): Promise<void> {
    const number = chain.last.number + 1
    if (hasPiece(chain.place, number))
      throw new LostPlaceError(`${chain.place} has a piece ${number} already: another server writes the same stream`)
    const about = {
      ...this.#about(chain.name),
      number,
      at: moment ? moment.at.toISOString() : null,
      place: changes.place,
      size: changes.size ?? 0,
      steps: moment?.steps ?? [],
      heads: moment?.heads ?? [],
      previous: chain.last.seal,
    }
    const file = join(chain.place, pieceName(number, moment?.at))
    const piece = await writePiece(file, about, contentOf(changes), this.#options.key)
    this.#options.tellAtWork?.()
    chain.last = piece
    chain.until = changes.place
    chain.rest = chain.rest.filter((one) => one !== changes)
    chain.bytes += piece.fileBytes
  }
}
