import { migrate, migrationStatus } from '../../db/migrate.ts'
import { migrations } from '../runtime/folders.ts'
import { defineCommand, UsageError } from './command.ts'
import { complain, say } from './terminal.ts'

async function status(json: boolean): Promise<void> {
  const { applied, pending, unvalidated } = await migrationStatus(migrations)
  const names = applied.map(({ name, at }) => ({ name, at }))
  if (json) return say(JSON.stringify({ applied: names, pending, unvalidated }))
  for (const { name, at } of applied) say(`applied  ${name}  ${at.toISOString()}`)
  for (const name of pending) say(`pending  ${name}`)
  for (const name of unvalidated) say(`to check  ${name}: rows that are older than the constraint`)
  if (!pending.length && !unvalidated.length) say('Nothing is pending')
}

/** Older rows that break a constraint keep no server from starting: the report names them, and the command succeeds. */
async function apply(json: boolean): Promise<void> {
  const report = await migrate(migrations)
  if (json) return say(JSON.stringify(report))
  const { made, applied, copy, unvalidated = [] } = report
  if (copy) say(`A copy of the database from before is at ${copy}`)
  say(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply')
  if (made) say(made)
  for (const reason of unvalidated) complain(reason)
}

export const command = defineCommand({
  summary: 'Brings the database up to this version; `migrate status` only says what is applied and what is pending',
  usage: 'migrate [status] [--json]',
  options: { json: { type: 'boolean', help: 'answer as JSON' } },
  positionals: 1,
  async run({ json = false }, [what]) {
    if (what !== undefined && what !== 'status')
      throw new UsageError(`There is no "migrate ${what}", only "migrate" and "migrate status"`)
    await (what ? status : apply)(json)
  },
})
