/** Stores what is saved in the register as it is saved: a copy of the file, and then what changes in it. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Changes, Hold, LogPlace, LogTail } from '../../../db/backups/log-tail.ts'
import { LostPlaceError } from '../../../db/backups/log-tail.ts'
import { refuseFull, stamp } from '../../../db/backups/on-disk.ts'
import type { Database } from '../../../db/database.ts'
import { journalHeads } from '../../journal/heads.ts'
import type { BackupKey } from '../key.ts'
import { bytesOf, listChains, makeChain, pieceName, pruneChains } from './chain.ts'
import type { Piece } from './piece.ts'
import { readPiece, writePiece } from './piece.ts'

const mb = 1_048_576
/** In bytes of the log: a longer one begins anew, as SQLite would have it. */
const turnsAfter = 4 * mb
/** In bytes of the log. Where nothing can be stored, the register's disk must not fill up instead. */
const heldAtMost = 256 * mb
/** A chain that has grown so, or is so old in ms, is followed by a new one. */
const smallest = 16 * mb
const renewedAfter = 24 * 3_600_000

interface Options {
  db: Database
  folder: string
  key: BackupKey | undefined
  version: string
  installation: string
  now?: () => Date
}

interface Growing {
  name: string
  place: string
  begunAt: Date
  hold: Hold
  until: LogPlace
  last: Pick<Piece, 'number' | 'seal'>
  baseBytes: number
  bytes: number
  /** Read already, and not yet stored. */
  rest: Changes[]
  /** Since `until` was reached. */
  isHeld: boolean
}

interface Moment {
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

export class Stream {
  readonly #tail: LogTail
  readonly #options: Options
  readonly #now: () => Date
  #chain: Growing | undefined
  #isNew = true
  #renewing: Promise<void> | undefined
  #next: Growing | undefined
  #problem: unknown

  constructor(tail: LogTail, options: Options) {
    this.#tail = tail
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  get place(): string | undefined {
    return this.#chain?.place
  }

  get begunAt(): Date | undefined {
    return this.#chain?.begunAt
  }

  /** Answers the instant before which all that was saved is stored. Throws where it could not be stored. */
  async look(): Promise<Date> {
    this.#takeNext()
    const moment = await this.#moment()
    this.#chain ??= await this.#resumed()
    if (!this.#chain) return this.#begin()
    try {
      await this.#storeAll(this.#chain, moment)
    } catch (error) {
      if (error instanceof LostPlaceError) return this.#begin()
      if (this.#tail.bytes > heldAtMost) this.#letGo()
      throw error
    }
    this.#turn(this.#chain)
    this.#renew(this.#chain)
    return moment.at
  }

  /** The last chain of this register, where the log still goes on from its end: a server was reloaded. */
  async #resumed(): Promise<Growing | undefined> {
    const { folder, key, installation } = this.#options
    const chain = this.#isNew ? listChains(folder).find((one) => one.installation === installation) : undefined
    this.#isNew = false
    const [base, last] = [chain?.pieces[0], chain?.pieces.at(-1)]
    const piece = last && (await readPiece(last.file, key).catch(() => undefined))
    if (!chain || !base || !piece || piece.encryption?.key !== key?.id) return undefined
    const { name, place, begunAt } = chain
    const baseBytes = statSync(base.file).size
    const bytes = bytesOf(chain) - baseBytes
    const hold = this.#tail.hold()
    try {
      if (!this.#tail.isAt(piece.place)) return void hold.release()
    } catch (error) {
      hold.release()
      throw error
    }
    return { name, place, begunAt, hold, until: piece.place, last: piece, baseBytes, bytes, rest: [], isHeld: false }
  }

  /** Whatever was saved before `at` is in the log by now, and journals have come at least so far. */
  async #moment(): Promise<Moment> {
    const at = this.#now()
    return { at, steps: this.#tail.steps(), heads: await journalHeads(this.#options.db) }
  }

  #letGo(): void {
    this.#chain?.hold.release()
    this.#chain = undefined
  }

  async #begin(): Promise<Date> {
    this.#letGo()
    const { chain, at } = await this.#newChain()
    this.#chain = chain
    return at
  }

  async #newChain(): Promise<{ chain: Growing; at: Date }> {
    const { folder, key, installation } = this.#options
    const begunAt = this.#now()
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
          this.#tail.file(),
          key,
        )
        const moment = await this.#moment()
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
        await this.#store(growing, this.#tail.since(from), moment, { pages: new Map(), size: undefined, place: from })
        return { growing, at: moment.at }
      })
      pruneChains(folder, installation, this.#now())
      return { chain: { ...made.growing, place }, at: made.at }
    } catch (error) {
      hold.release()
      throw error
    }
  }

  #about(chain: string) {
    return { homeroom: this.#options.version, chain, pageBytes: this.#tail.pageSize }
  }

  /** The last one is whole. `instead` is stored where there is none. */
  async #store(chain: Growing, all: Iterable<Changes>, moment: Moment, instead?: Changes): Promise<void> {
    let held = instead
    let isInstead = true
    for (const part of all) {
      if (held && !isInstead) await this.#add(chain, held)
      held = part
      isInstead = false
    }
    if (held) await this.#add(chain, held, moment)
  }

  async #add(chain: Growing, changes: Changes, moment?: Moment): Promise<void> {
    const number = chain.last.number + 1
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
    chain.last = piece
    chain.until = changes.place
    chain.rest = chain.rest.filter((one) => one !== changes)
    chain.bytes += piece.fileBytes
  }

  async #storeAll(chain: Growing, moment: Moment): Promise<void> {
    await this.#store(chain, this.#unstored(chain), moment)
    const hold = this.#tail.hold()
    chain.hold.release()
    chain.hold = hold
    chain.isHeld = true
  }

  *#unstored({ rest, until, isHeld }: Growing): Generator<Changes> {
    yield* rest
    yield* this.#tail.since(rest.at(-1)?.place ?? until, isHeld)
  }

  /** The old chain grows on meanwhile: a copy may take longer than people may lose. */
  #renew({ bytes, baseBytes, begunAt }: Growing): void {
    const problem = this.#problem
    this.#problem = undefined
    if (problem) throw problem
    const isLarge = bytes > Math.max(smallest, baseBytes)
    const isOld = this.#now().getTime() - begunAt.getTime() > renewedAfter
    if (this.#renewing || this.#next || !(isLarge || isOld)) return
    this.#renewing = this.#newChain()
      .then(
        ({ chain }) => {
          this.#next = chain
        },
        (error) => {
          this.#problem = error
        },
      )
      .finally(() => {
        this.#renewing = undefined
      })
  }

  #takeNext(): void {
    if (!this.#next) return
    this.#letGo()
    this.#chain = this.#next
    this.#next = undefined
  }

  /** Only once no look is under way. */
  async close(): Promise<void> {
    await this.#renewing
    this.#takeNext()
    this.#letGo()
    this.#tail.close()
  }

  #turn(chain: Growing): void {
    if (this.#tail.bytes < turnsAfter) return
    this.#tail.checkpoint()
    try {
      const turned = this.#tail.turn(chain.until, chain.hold)
      if (turned) Object.assign(chain, turned)
    } catch (error) {
      // What was held may be released already.
      this.#letGo()
      throw error
    }
  }
}
