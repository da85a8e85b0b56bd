import type { Client, Connection } from '../postgres/connection.ts'
import { quoted } from './tables.ts'
import { within } from './transactions.ts'

const definitions = `
  select 'index' as kind, indrelid::regclass::text as relation, relname::text as name, pg_get_indexdef(indexrelid) as definition
  from pg_index join pg_class on pg_class.oid = indexrelid
  where relnamespace = current_schema()::regnamespace and not exists (select from pg_constraint where conindid = indexrelid)
    and indrelid <> all (array['move', 'move_tables', 'move_definitions']::regclass[])
  union all
  select 'reference', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid, false)
  from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by kind, relation, name`

interface Definition {
  place: number
  kind: 'index' | 'reference'
  relation: string
  name: string
  definition: string
}

export async function takeOut(client: Client): Promise<void> {
  await client.send(`insert into move_definitions (kind, relation, name, definition) ${definitions}`)
  const all = await client.send<Definition>('select * from move_definitions order by kind desc')
  for (const { kind, relation, name } of all)
    await client.send(
      kind === 'index' ? `drop index ${quoted(name)}` : `alter table ${relation} drop constraint ${quoted(name)}`,
    )
}

const notMade = (target: Client, kind: Definition['kind']): Promise<Definition[]> =>
  target.send<Definition>('select * from move_definitions where not made and kind = $1 order by place', [kind])

async function noteMade(client: Client, { place }: Definition): Promise<void> {
  await client.send('update move_definitions set made = true where place = $1', [place])
}

export async function makeIndexes(target: Connection, tell: (name: string) => void): Promise<void> {
  for (const each of await notMade(target, 'index')) {
    tell(each.name)
    await within(target, async (client) => {
      await client.send(each.definition)
      await noteMade(client, each)
    })
  }
  await target.send('analyze')
}

/** From here on PostgreSQL refuses what refers to nothing. What is there already is not looked at yet. */
export async function addReferences(client: Client): Promise<void> {
  const all = await notMade(client, 'reference')
  const parts = all.map(
    ({ relation, name, definition }) =>
      `alter table ${relation} add constraint ${quoted(name)} ${definition} not valid`,
  )
  if (parts.length) await client.send(parts.join('; '))
}

export async function validateReferences(target: Connection, tell: (name: string) => void): Promise<void> {
  for (const each of await notMade(target, 'reference')) {
    tell(each.name)
    await within(target, async (client) => {
      await client.send(`alter table ${each.relation} validate constraint ${quoted(each.name)}`)
      await noteMade(client, each)
    })
  }
}
