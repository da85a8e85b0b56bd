/** A spreadsheet takes 01001 for a number and saves 1001: the same records would come a second time. */

import type { FileKind } from '../read/files.ts'
import type { Row } from '../read/row.ts'
import { bundleHas, withoutZeros } from '../read/stage.ts'
import { readList } from '../read/values.ts'
import type { Comparison } from './comparison.ts'
import type { Entity, Stored } from './known.ts'
import { alike, refuseWithoutZeros } from './lost-orgs.ts'

interface Ids {
  file: FileKind
  entities: readonly Entity[]
  /** Whether the row tells of the record, by more than its id. */
  isSame(row: Row, stored: Stored, told: (entity: Entity, id: unknown) => string): boolean
}

const alikeId = (one: string | undefined, other: unknown) =>
  one !== undefined && typeof other === 'string' && withoutZeros(one) === withoutZeros(other)
const hasTitle = ({ fields: { title, classCode, courseCode } }: Row, stored: Stored) =>
  alike(title, stored.title) || alike(classCode ?? courseCode, stored.code)

const all: readonly Ids[] = [
  {
    file: 'users',
    entities: ['student', 'instructor', 'guardian'],
    isSame: ({ fields }, stored) =>
      alike(`${fields.givenName} ${fields.familyName}`, `${stored.givenName} ${stored.familyName}`) ||
      alike(fields.email, stored.email) ||
      alikeId(fields.identifier, stored.number),
  },
  { file: 'classes', entities: ['class'], isSame: hasTitle },
  { file: 'courses', entities: ['course'], isSame: hasTitle },
  {
    file: 'academicSessions',
    entities: ['academicSession'],
    isSame: (row, stored) => hasTitle(row, stored) || row.fields.startDate === stored.startDate,
  },
  {
    file: 'enrollments',
    entities: ['enrollment', 'classInstructor'],
    isSame: ({ fields }, stored, told) =>
      alikeId(fields.classSourcedId, told('class', stored.classId)) &&
      (alikeId(fields.userSourcedId, told('student', stored.studentId)) ||
        alikeId(fields.userSourcedId, told('instructor', stored.instructorId))),
  },
]

interface Lost {
  row: Row
  id: string
  meant: string
}

function meantBy(comparison: Comparison, { file, entities, isSame }: Ids, id: string, row: Row): string | undefined {
  const { known, orgs, staged } = comparison
  for (const entity of entities)
    for (const [[key = ''], meant] of known.zeros.under([entity, id])) {
      const school = orgs.schools.find((one) => one.key === key)
      if (!school || school.isUnsure || school.isOutside || bundleHas(staged, file, meant)) continue
      const stored = comparison.row(entity, school, comparison.idOf(entity, school, meant) ?? '')
      if (stored && isSame(row, stored, (of, its) => String(comparison.row(of, school, String(its))?.sourcedId)))
        return meant
    }
  return undefined
}

function* lostIn(comparison: Comparison, ids: Ids): Generator<Lost> {
  const { known, staged } = comparison
  const mayLack = ids.entities.filter((entity) => !known.zeros.under(entity).next().done)
  if (!mayLack.length) return
  for (const [id, row] of staged.rows[ids.file].entries()) {
    if (!/^\d+$/.test(id) || ids.entities.some((entity) => comparison.has(entity, id))) continue
    const meant = meantBy(comparison, ids, id, row)
    if (meant !== undefined) yield { row, id, meant }
  }
}

const references = [
  { entity: 'course', file: 'courses', column: 'courseSourcedId' },
  { entity: 'academicSession', file: 'academicSessions', column: 'termSourcedIds' },
] as const

/** What a class names by such an id it would lose. */
function refuseLostReferences(comparison: Comparison): void {
  const { staged, known } = comparison
  for (const [, row] of staged.rows.classes.entries())
    for (const { entity, file, column } of references)
      for (const id of readList(row.fields[column])) {
        if (!/^\d+$/.test(id) || bundleHas(staged, file, id) || comparison.has(entity, id)) continue
        const held = [...known.zeros.under([entity, id])].find(([, one]) => comparison.has(entity, one))
        const meant = staged.zeros.get([file, id]) ?? held?.[1]
        if (meant !== undefined) refuseWithoutZeros(row, id, meant)
      }
}

export function refuseLostZeros(comparison: Comparison): void {
  for (const ids of all) {
    let first: Lost | undefined
    let count = 0
    for (const lost of lostIn(comparison, ids)) {
      first ??= lost
      count++
    }
    if (first) refuseWithoutZeros(first.row, first.id, first.meant, count - 1)
  }
  refuseLostReferences(comparison)
}
