import type BetterSqlite from 'better-sqlite3'
import { ConstraintError } from './errors.ts'
import { isTable, tableConfig } from './kit.ts'
import * as schema from './schema/index.ts'

interface Reference {
  name: string
  child: string
  parent: string
  columns: string
}
let known: Reference[] | undefined
const references = (): Reference[] =>
  (known ??= Object.values(schema)
    .filter(isTable)
    .flatMap((table) => {
      const { name: child, foreignKeys } = tableConfig(table)
      return foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference()
        return {
          name: key.getName(),
          child,
          parent: tableConfig(foreignTable).name,
          columns: columns.map((c) => c.name).join(),
        }
      })
    }))

interface Violation {
  table: string
  fkid: number
}
interface ForeignKeyColumn {
  id: number
  seq: number
  from: string
}

function nameOf(client: BetterSqlite.Database, { table, fkid }: Violation): string | undefined {
  const columns = (client.pragma(`foreign_key_list("${table}")`) as ForeignKeyColumn[])
    .filter(({ id }) => id === fkid)
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ from }) => from)
    .join()
  return references().find((r) => r.child === table && r.columns === columns)?.name
}

/** SQLite does not say which foreign key it refused, so the statement runs once more with the check deferred, and is undone. */
export function foreignKeyError(
  client: BetterSqlite.Database,
  text: string,
  values: readonly unknown[],
  error: unknown,
): ConstraintError | undefined {
  if ((error as { code?: string }).code !== 'SQLITE_CONSTRAINT_FOREIGNKEY') return undefined
  const changed = /^(?:insert into|update|delete from) "(\w+)"/i.exec(text)?.[1]
  const suspects = new Set(
    references()
      .filter((r) => r.child === changed || r.parent === changed)
      .map((r) => r.child),
  )
  client.exec('savepoint foreign_key; pragma defer_foreign_keys = on')
  try {
    const statement = client.prepare(text)
    if (statement.reader) statement.all(...values)
    else statement.run(...values)
    for (const table of suspects) {
      const [violation] = client.pragma(`foreign_key_check("${table}")`) as Violation[]
      if (violation) return new ConstraintError('foreign key', nameOf(client, violation) ?? '', error)
    }
    return new ConstraintError('foreign key', '', error)
  } finally {
    client.exec('rollback to foreign_key; release foreign_key; pragma defer_foreign_keys = off')
  }
}
