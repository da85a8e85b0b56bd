/** Records that others name and that are made with them: a course is pasted with a department that is not there yet. */
import type { Transaction } from '../../db/database.ts'
import type { AddedByName } from '../../db/values.ts'
import { allows } from '../access.ts'
import type { MutationContext } from '../context.ts'
import { DomainError } from '../errors.ts'
import { grouped } from '../grouped.ts'
import type { Change } from '../journal/entry.ts'
import { kinds } from '../kinds.ts'
import { isUndoable } from './declaration.ts'
import type { Adds } from './input.ts'
import type { FieldsOf, KindCore, RecordTable } from './kind.ts'
import { rowsWith } from './kind.ts'
import { addRows } from './write.ts'

/** The field that names it, and what it lacks otherwise. */
const made: Record<AddedByName, { field: 'name' | 'title'; usual?: object }> = {
  department: { field: 'name' },
  program: { field: 'name', usual: { type: 'diploma' } },
  course: { field: 'title' },
  room: { field: 'name' },
}

interface Made {
  changes: Change[]
  within<T extends object>(items: readonly T[]): T[]
}

/** A record in use that has the name by now is taken. Throws `permission.missing` for who may not write the kind. */
export async function addNamed(tx: Transaction, { school, actor }: MutationContext, adds: Adds = []): Promise<Made> {
  const changes: Change[] = []
  const ids = new Map<unknown, string>()
  for (const [to, wanted] of grouped(adds, (one) => one.to)) {
    const { undo } = kinds[to]
    if (!isUndoable(undo) || !allows(actor, undo.permission)) throw new DomainError('permission.missing')
    const kind = kinds[to] as unknown as KindCore<RecordTable>
    const { field, usual } = made[to]
    const rows = await rowsWith(tx, kind, school.id, field, new Set(wanted.map(({ name }) => name)))
    const known = new Map<string, string>()
    for (const row of rows) if (!row.archivedAt) known.set(String((row as Record<string, unknown>)[field]), row.id)
    const fresh = new Set(wanted.flatMap(({ name }) => (known.has(name) ? [] : name)))
    const fields = [...fresh].map((name) => ({ ...usual, [field]: name }) as FieldsOf<RecordTable>)
    const added = await addRows(tx, kind, school.id, fields)
    for (const { after } of added) known.set(String((after as Record<string, unknown>)[field]), after.id)
    for (const { as, name } of wanted) ids.set(as, known.get(name) ?? as)
    changes.push(...added)
  }
  const withId = (value: unknown): unknown => ids.get(value) ?? value
  return {
    changes,
    within: (items) =>
      ids.size
        ? items.map(
            (item) =>
              Object.fromEntries(Object.entries(item).map(([key, value]) => [key, withId(value)])) as typeof item,
          )
        : [...items],
  }
}
