/** Stores what is saved in the register as it is saved: a copy of the file, and then what changes in it. */
import { statSync } from 'node:fs'
import type { Changes, LogTail } from '../../../db/backups/log-tail.ts'
import { LostPlaceError } from '../../../db/backups/log-tail.ts'
import { BackupError } from '../backup-error.ts'
import { bytesOf, listChains } from './chain.ts'
import type { Growing, SavedUntil, StreamOptions } from './chain-writer.ts'
import { ChainWriter } from './chain-writer.ts'
import { readPiece } from './piece.ts'

const mb = 1_048_576
/** In bytes of the log: a longer one begins anew, as SQLite would have it. */
const turnsAfter = 4 * mb
const heldAtMost = 256 * mb
/** A chain that has grown so, or is so old in ms, is followed by a new one. */
const smallest = 16 * mb
const renewedAfter = 24 * 3_600_000
/** In ms: after one that could not be made. */
const renewedAgainAfter = 600_000

export class Stream {
  readonly #tail: LogTail
  readonly #options: StreamOptions
  readonly #writer: ChainWriter
  #chain: Growing | undefined
  #isNew = true
  #renewing: Promise<void> | undefined
  #next: Growing | undefined
  #problem: unknown
  #renewNotBefore = 0

  constructor(tail: LogTail, options: StreamOptions) {
    this.#tail = tail
    this.#options = options
    this.#writer = new ChainWriter(tail, options)
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
    const moment = await this.#writer.moment()
    this.#chain ??= await this.#resumed()
    if (!this.#chain) return this.#begin()
    try {
      await this.#storeAll(this.#chain, moment)
    } catch (error) {
      if (error instanceof LostPlaceError) return this.#begin()
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
    if (!chain || chain.isCut || !base || !piece || piece.encryption?.key !== key?.id) return undefined
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

  relieve(): void {
    if (this.#tail.bytes <= (this.#options.heldAtMost ?? heldAtMost)) return
    this.#letGo()
    this.#next?.hold.release()
    this.#next = undefined
  }

  #letGo(): void {
    this.#chain?.hold.release()
    this.#chain = undefined
  }

  async #begin(): Promise<Date> {
    this.#letGo()
    if (!this.#writer.mayBegin())
      throw new BackupError('stream.paused', 'The whole file was copied many times today: the next copy waits')
    const { chain, at } = await this.#writer.begin()
    this.#chain = chain
    return at
  }

  async #storeAll(chain: Growing, moment: SavedUntil): Promise<void> {
    await this.#writer.store(chain, this.#unstored(chain), moment)
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
    const now = this.#writer.now().getTime()
    const isOld = now - begunAt.getTime() > renewedAfter
    if (this.#renewing || this.#next || now < this.#renewNotBefore || !(isLarge || isOld)) return
    if (!this.#writer.mayBegin()) return
    this.#renewing = this.#writer
      .begin()
      .then(
        ({ chain }) => {
          this.#next = chain
        },
        (error) => {
          this.#problem = error
          this.#renewNotBefore = this.#writer.now().getTime() + renewedAgainAfter
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

  /** Holds nothing afterwards. Only once no look is under way. */
  async settle(): Promise<void> {
    await this.#renewing
    this.#takeNext()
    this.#letGo()
  }

  /** Ends the locks that this process has on the register's file: close its database before. */
  async close(): Promise<void> {
    await this.settle()
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
