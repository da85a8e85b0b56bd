/** A request whose register moves meanwhile is made once more elsewhere, so what was read of its body is kept. */
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In bytes. The rest of a larger body lies in a file without a name. */
const inMemory = 64 * 1024

function namelessFile(): number {
  const path = join(tmpdir(), `homeroom-body-${randomUUID()}`)
  const fd = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  return fd
}

export class KeptBody {
  readonly #incoming: IncomingMessage
  readonly #parts: Buffer[] = []
  #size = 0
  #fd: number | undefined
  #written = 0
  #isWhole = true
  #isClosed = false

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming
  }

  /** False where the disk took no more of it. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  async *following(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of parts) {
      this.#add(part)
      yield part
    }
  }

  /** From its first byte on: what was read, then what is still to come. */
  async *all(): AsyncGenerator<Buffer> {
    yield* this.#parts
    const part = Buffer.alloc(inMemory)
    for (let at = 0; this.#fd !== undefined && at < this.#written; ) {
      const read = readSync(this.#fd, part, 0, part.length, at)
      at += read
      yield Buffer.from(part.subarray(0, read))
    }
    if (!this.#incoming.readableEnded) yield* this.following(this.#incoming.iterator({ destroyOnReturn: false }))
  }

  close(): void {
    this.#isClosed = true
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }

  #add(part: Buffer): void {
    if (this.#isClosed) return
    this.#size += part.length
    if (this.#size <= inMemory) return void this.#parts.push(part)
    if (!this.#isWhole) return
    try {
      this.#fd ??= namelessFile()
      this.#written += writeSync(this.#fd, part)
    } catch {
      this.#isWhole = false
    }
  }
}
