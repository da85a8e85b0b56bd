/** Validating blocks neither reads nor writes. `convalidated` shows what is left to do, also after a process has died. */
import type { Migration, Validation } from './migration-files.ts'
import type { Client } from './postgres/connection.ts'

export async function openValidations(client: Client, files: readonly Migration[]): Promise<Validation[]> {
  const asked = files.flatMap(({ validations }) => validations)
  if (!asked.length) return []
  const rows = await client.send(
    `select relname as table, conname as constraint from pg_constraint join pg_class on pg_class.oid = conrelid
      where not convalidated and connamespace = quote_ident(current_schema())::regnamespace`,
  )
  const open = new Set(rows.map(({ table, constraint }) => `${table}.${constraint}`))
  const last = new Map(asked.map((each) => [`${each.table}.${each.constraint}`, each]))
  return [...last].flatMap(([key, each]) => (open.has(key) ? [each] : []))
}

export const validateStatement = ({ table, constraint }: Validation): string =>
  `alter table "${table}" validate constraint "${constraint}"`

export function whyNot({ table, constraint, advice }: Validation, error: unknown): string | undefined {
  const { code = '' } = error as { code?: string }
  if (code === '23514' || code === '23503') return `New rows are checked, but ${advice}`
  const later = `New rows are checked for ${constraint} of ${table}. The next migrate checks the older rows`
  if (code === '55P03') return `${later}: the table was in use for 2 s`
  if (code === '42501') return `${later}: this role does not own the table`
  if (code === '57014') return `${later}: that took longer than 10 min`
  return undefined
}
