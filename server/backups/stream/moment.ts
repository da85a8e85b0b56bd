/** Makes the database of one moment from a chain: its base, and upon it every piece until then. */
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Side } from '../../../db/backups/keeper.ts'
import { refuseFull } from '../../../db/backups/on-disk.ts'
import { BackupError } from '../backup-error.ts'
import type { BackupKey } from '../key.ts'
import type { Steps } from '../prove.ts'
import { proveJournals, proveWhole, refuseNewer } from '../prove.ts'
import type { Chain, ListedPiece } from './chain.ts'
import { bytesOf, listChains } from './chain.ts'
import type { Piece } from './piece.ts'
import { contentOf, readPiece } from './piece.ts'

export interface Moment {
  chain: Chain
  at: Date
  number: number
  piece: Piece
}

const momentsOf = ({ pieces }: Chain) => pieces.flatMap(({ number, at }) => (at ? [{ number, at }] : []))

function rangeOf(chain: Chain): { from: Date; until: Date } | undefined {
  const [first, last] = [momentsOf(chain)[0], momentsOf(chain).at(-1)]
  return first && last && { from: first.at, until: last.at }
}

export interface ListedChain extends Chain {
  range: { from: Date; until: Date } | undefined
  bytes: number
}

export const listStream = (folder: string): ListedChain[] =>
  listChains(folder).map((chain) => ({ ...chain, range: rangeOf(chain), bytes: bytesOf(chain) }))

function lastOf(chain: Chain, until: Date) {
  const found = momentsOf(chain).findLast(({ at }) => at <= until)
  return found && { chain, ...found }
}

/** The last moment at `until` or before it, of the chain that is named, if one is. Throws `backup.unclear` where several registers have one. */
export async function findMoment(
  folder: string,
  until: Date,
  key: BackupKey | undefined,
  name?: string,
): Promise<Moment | undefined> {
  const asked = listChains(folder).filter((chain) => name === undefined || chain.name === name)
  const all = asked.flatMap((chain) => lastOf(chain, until) ?? [])
  if (new Set(all.map(({ chain }) => chain.installation)).size > 1)
    throw new BackupError(
      'backup.unclear',
      `There are streams of several registers in ${folder}: say the name of a backup, or of a stream as backup list tells it`,
    )
  const newest = all.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0]
  if (!newest) return undefined
  const { file } = newest.chain.pieces[newest.number] as ListedPiece
  return { ...newest, piece: await readPiece(file, key) }
}

type Handle = Awaited<ReturnType<typeof open>>

async function writeAt(handle: Handle, part: Buffer, position: number): Promise<void> {
  for (let done = 0; done < part.length; )
    done += (await handle.write(part, done, part.length - done, position + done)).bytesWritten
}

async function writeBase(handle: Handle, parts: AsyncIterable<Buffer>): Promise<void> {
  let position = 0
  for await (const part of parts) {
    await writeAt(handle, part, position)
    position += part.length
  }
}

const numberBytes = 4

/** Each page's number stands before it. */
async function writePages(handle: Handle, parts: AsyncIterable<Buffer>, pageBytes: number): Promise<void> {
  const size = numberBytes + pageBytes
  let held: Buffer = Buffer.alloc(0)
  for await (const part of parts) {
    held = held.length ? Buffer.concat([held, part]) : part
    let at = 0
    for (; held.length - at >= size; at += size)
      await writeAt(handle, held.subarray(at + numberBytes, at + size), (held.readUInt32BE(at) - 1) * pageBytes)
    held = held.subarray(at)
  }
}

const unfollowing = (file: string) =>
  new BackupError(
    'stream.broken',
    `${file} does not follow from the file before it: name an earlier time with --at, or another backup`,
  )

/** Throws a `BackupError` unless each piece follows from the one before, and is what was stored. */
export async function takeMoment(
  { chain, number, piece: last }: Moment,
  key: BackupKey | undefined,
  file: string,
): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    let previous = ''
    for (const own of chain.pieces.slice(0, number + 1)) {
      const piece = await readPiece(own.file, key)
      if (piece.previous !== previous || piece.number !== own.number || piece.chain !== chain.name)
        throw unfollowing(own.file)
      previous = piece.seal
      if (own.number === 0) {
        // What is stored is compressed. A last piece without a change says nothing of the size.
        refuseFull(dirname(file), Math.max(piece.content.bytes, last.size * last.pageBytes))
        await writeBase(handle, contentOf(own.file, piece, key))
      } else await writePages(handle, contentOf(own.file, piece, key), piece.pageBytes)
      if (piece.size) await handle.truncate(piece.size * piece.pageBytes)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const madeBy = ({ piece: { homeroom, steps } }: Moment) => ({ homeroom, census: { steps } })

export const refuseNewerMoment = (moment: Moment, steps: Steps): void => refuseNewer(madeBy(moment), steps)

/** Throws where the database is not whole, or its journals are broken or end too early. `unverified` allows one that is broken itself. */
export async function proveMoment(side: Side, moment: Moment, steps: Steps, unverified = false): Promise<void> {
  await proveWhole(side)
  const { problem } = await proveJournals(side, madeBy(moment), steps, moment.piece.heads)
  if (problem === null) return
  const alone = await proveJournals(side, madeBy(moment), steps, [])
  if (alone.problem === null)
    throw new BackupError(
      'journal.broken',
      `The journal of that moment is broken: ${problem}. Name an earlier time with --at, or another backup`,
    )
  if (!unverified)
    throw new BackupError(
      'backup.unverified',
      `The database of that moment is whole, but its journal is broken, as that of the register may have been: ${alone.problem}. Name an earlier time with --at, or restore it all the same with --unverified`,
    )
}
