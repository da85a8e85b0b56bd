import type { classes } from '../../db/schema/index.ts'
import { courseKind } from '../courses/kind.ts'
import type { References } from '../records/kind.ts'
import { roomKind } from '../rooms/kind.ts'

/** A course or room newly chosen is in use. */
export const classReferences: References<typeof classes> = { courseId: courseKind, roomId: roomKind }
