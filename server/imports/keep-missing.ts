import type { Database } from '../../db/database.ts'
import { missingKinds } from '../../db/values.ts'
import type { Plan } from '../oneroster/compare.ts'
import type { MissingKind } from '../oneroster/members/missing.ts'
import { missingInPart } from './input.ts'
import type { ImportKey } from './pieces.ts'
import { dropPieces, writePiece } from './pieces.ts'

export interface MissingRow {
  schoolId: number
  id: string
  sourcedId: string
}
export const missingShelf = (kind: MissingKind) => `missing ${kind}`

export async function keepMissing(db: Database, key: ImportKey, { missing }: Plan): Promise<void> {
  await dropPieces(db, key, (shelf) => shelf.startsWith('missing '))
  for (const kind of missingKinds) {
    let part: MissingRow[] = []
    let number = 0
    for (const row of missing.rowsOf(kind)) {
      part.push(row)
      if (part.length < missingInPart) continue
      await writePiece(db, key, missingShelf(kind), number++, part)
      part = []
    }
    if (part.length) await writePiece(db, key, missingShelf(kind), number, part)
  }
}
