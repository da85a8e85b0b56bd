/** A register lies in one schema: the first of the search_path that exists and that its role may use. */
import type { Client } from './connection.ts'

export interface Home {
  schema: string
  /** Locks count for the whole database, so each schema has its own; null is for `public`, whose locks older releases know. */
  lock: number | null
}

export class UnfitError extends Error {
  override name = 'UnfitError'
}

interface Found {
  encoding: string
  version: number
  schema: string | null
  oid: number | null
  register: string | null
}

const question = `
  select current_setting('server_encoding') as encoding, current_setting('server_version_num')::int as version,
    current_schema() as schema, nspname as register, (select oid::int from pg_namespace where nspname = current_schema()) as oid
  from (select to_regclass('journal_values') as known) as any_register
  left join pg_class on pg_class.oid = known
  left join pg_namespace on pg_namespace.oid = relnamespace`

export const oldest = 13

export function unfitness({ encoding, version, schema, register }: Omit<Found, 'oid'>): string | undefined {
  if (encoding !== 'UTF8')
    return `The database has the encoding ${encoding}, which has no room for every name: make one with create database … encoding 'UTF8' template template0, and name it in DATABASE_URL`
  if (version < oldest * 10_000)
    return `This is PostgreSQL ${Math.floor(version / 10_000)}: Homeroom needs PostgreSQL ${oldest} or later`
  if (schema === null)
    return 'The search_path names no schema that this role may use: create one, or name one that exists, as in postgres://…/homeroom?search_path=public'
  if (register !== null && register !== schema)
    return `The search_path has a register in schema ${register}, but new tables would go to schema ${schema}, which comes first: add ?search_path=${register} to DATABASE_URL for that register, or ?search_path=${schema} for another one`
  return undefined
}

/** Throws `UnfitError` for a database in which no register can be kept, or where it is not clear in which schema. */
export async function homeOf(client: Client): Promise<Home> {
  const [found] = await client.send<Found>(question)
  const reason = found && unfitness(found)
  if (reason) throw new UnfitError(reason)
  return { schema: found?.schema ?? '', lock: found?.schema === 'public' ? null : (found?.oid ?? null) }
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

export const stayAt = ({ schema }: Home): string => `set local search_path to ${quoted(schema)}`
