/** What is read of a bundle lies in the database in pieces that fit into memory, each compressed. */
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Database, Reader } from '../../db/database.ts'
import { noSchool } from '../../db/database.ts'
import { importPieces } from '../../db/schema/index.ts'

export interface ImportKey {
  schoolId: number
  id: string
}

/** In characters, before they are compressed. */
const pieceSize = 1_000_000

const deflate = promisify<Buffer, Buffer>(deflateRaw)
const inflate = promisify<Buffer, Buffer>(inflateRaw)

const of = ({ schoolId, id }: ImportKey) => and(eq(importPieces.schoolId, schoolId), eq(importPieces.importId, id))

export async function writePiece(
  db: Database,
  { schoolId, id }: ImportKey,
  shelf: string,
  number: number,
  lines: readonly unknown[],
): Promise<void> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  const content = (await deflate(Buffer.from(text))).toString('base64')
  await db.transaction(noSchool, async (tx) => {
    await tx.insert(importPieces).values({ schoolId, importId: id, shelf, number, content })
  })
}

export async function writePieces(db: Database, key: ImportKey, shelf: string, lines: Iterable<unknown>) {
  let piece: unknown[] = []
  let size = 0
  let number = 0
  for (const line of lines) {
    piece.push(line)
    size += JSON.stringify(line).length
    if (size < pieceSize) continue
    await writePiece(db, key, shelf, number++, piece)
    piece = []
    size = 0
  }
  if (piece.length) await writePiece(db, key, shelf, number, piece)
}

export async function readPiece<T>(db: Reader, key: ImportKey, shelf: string, number: number) {
  const [piece] = await db
    .select({ content: importPieces.content })
    .from(importPieces)
    .where(and(of(key), eq(importPieces.shelf, shelf), eq(importPieces.number, number)))
  if (!piece) return undefined
  const text = (await inflate(Buffer.from(piece.content, 'base64'))).toString()
  return text.split('\n').map((line) => JSON.parse(line) as T)
}

export async function* readPieces<T>(db: Reader, key: ImportKey, shelf: string): AsyncGenerator<T> {
  for (let number = 0; ; number++) {
    const lines = await readPiece<T>(db, key, shelf, number)
    if (!lines) return
    yield* lines
  }
}

const shelvesOf = (db: Reader, key: ImportKey) =>
  db.selectDistinct({ shelf: importPieces.shelf }).from(importPieces).where(of(key)).orderBy(asc(importPieces.shelf))

export async function dropPieces(db: Database, key: ImportKey, isMeant: (shelf: string) => boolean = () => true) {
  const shelves = (await shelvesOf(db, key)).map(({ shelf }) => shelf).filter(isMeant)
  if (!shelves.length) return
  await db.transaction(noSchool, async (tx) => {
    await tx.delete(importPieces).where(and(of(key), inArray(importPieces.shelf, shelves)))
  })
}
