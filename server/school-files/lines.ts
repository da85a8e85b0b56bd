/** A line of JSON for each row, ended by a line feed, in UTF-8. */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FileFacts } from './manifest.ts'
import { SchoolFilesError } from './school-files-error.ts'

/** In characters: the values of an entry may have a million, which escapes can make six. */
const longestLine = 8_000_000
const together = { lines: 500, characters: 500_000 }

class Facts {
  readonly #hash = createHash('sha256')
  #rows = 0
  #bytes = 0

  add(chunk: Buffer, rows: number): void {
    this.#hash.update(chunk)
    this.#bytes += chunk.length
    this.#rows += rows
  }

  end(): FileFacts {
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}

export async function* writtenLines(
  pages: AsyncIterable<string[]>,
  done: (facts: FileFacts) => void,
): AsyncGenerator<Buffer> {
  const facts = new Facts()
  for await (const lines of pages) {
    const chunk = Buffer.from(`${lines.join('\n')}\n`)
    facts.add(chunk, lines.length)
    yield chunk
  }
  done(facts.end())
}

const changed = (name: string) =>
  new SchoolFilesError(`${name} is not what was exported: its hash, the SHA-256, differs. Export the school again`)

async function* textOf(name: string, input: Readable, facts: Facts): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const decoded = (chunk?: Buffer) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      throw new SchoolFilesError(`${name} holds bytes that are not UTF-8: export the school again`)
    }
  }
  for await (const chunk of input as AsyncIterable<Buffer>) {
    facts.add(chunk, 0)
    yield decoded(chunk)
  }
  yield decoded()
}

export interface Line {
  number: number
  text: string
}

/** Throws `SchoolFilesError` at the end where the file is not the one that `expected` tells of. */
export async function* readLines(name: string, input: Readable, expected: FileFacts): AsyncGenerator<Line[]> {
  const facts = new Facts()
  let rest = ''
  let number = 0
  let batch: Line[] = []
  let size = 0
  for await (const text of textOf(name, input, facts)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine)
      throw new SchoolFilesError(`${name} has a line of more than ${longestLine} characters, which no export has`)
    for (const line of lines) batch.push({ number: ++number, text: line })
    size += text.length
    if (batch.length < together.lines && size < together.characters) continue
    yield batch
    batch = []
    size = 0
  }
  if (batch.length) yield batch
  const { bytes, sha256 } = facts.end()
  if (rest || bytes !== expected.bytes || sha256 !== expected.sha256 || number !== expected.rows) throw changed(name)
}
