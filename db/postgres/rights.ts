/** The role that serves may have got rights to new tables. What the journal says it can add to, and never change or delete. */
import { compatibleLedger, ledger, notes } from '../migration-ledger.ts'
import type { Client } from './connection.ts'

const all = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'] as const
type Right = (typeof all)[number]
const allowed: Record<string, readonly Right[]> = {
  operations: ['INSERT'],
  journal: ['INSERT'],
  journal_owners: ['INSERT'],
  journal_seals: ['INSERT'],
  register_journal: ['INSERT'],
  journal_values: ['INSERT', 'DELETE'],
  [ledger]: [],
  [compatibleLedger]: [],
  [notes]: [],
}
/** An erasure clears it, so that nobody can guess what was typed. */
const clearable = 'input_salt'

const ours = `
  from pg_class, aclexplode(relacl)
  where relnamespace = quote_ident(current_schema())::regnamespace and grantee <> relowner and pg_has_role(relowner, 'usage')`
const grants = `
  select relname as table, privilege_type as right,
    case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end as role
  ${ours} and relname = any (array[${Object.keys(allowed).map((table) => `'${table}'`)}]::text[])`
const writers = `
  select quote_ident(pg_get_userbyid(grantee)) as role
  ${ours} and relname = 'operations' and privilege_type = 'INSERT' and grantee <> 0
    and not has_column_privilege(grantee, pg_class.oid, '${clearable}', 'UPDATE')`

interface Grant {
  table: string
  right: string
  role: string
}
const isTooMuch = ({ table, right }: Grant) =>
  all.some((each) => each === right) && !allowed[table]?.some((each) => each === right)

/** Where this role owns the tables, every other one loses what it must not do to them. */
export async function keepJournal(client: Client): Promise<void> {
  for (const { table, right, role } of (await client.send<Grant>(grants)).filter(isTooMuch))
    await client.send(`revoke ${right} on ${table} from ${role}`)
  for (const { role } of await client.send<Grant>(writers))
    await client.send(`grant update (${clearable}) on operations to ${role}`)
}
