import { migrate, migrationStatus } from '../../db/migrate.ts'
import { migrations } from '../runtime/folders.ts'
import { defineCommand, UsageError } from './command.ts'

async function status(json: boolean): Promise<void> {
  const { applied, pending } = await migrationStatus(migrations)
  if (json) return console.log(JSON.stringify({ applied: applied.map(({ name, at }) => ({ name, at })), pending }))
  for (const { name, at } of applied) console.log(`applied  ${name}  ${at.toISOString()}`)
  for (const name of pending) console.log(`pending  ${name}`)
  if (!pending.length) console.log('Nothing is pending')
}

export const command = defineCommand({
  summary: 'Brings the database up to this version; `migrate status` only says what is applied and what is pending',
  usage: 'migrate [status] [--json]',
  options: { json: { type: 'boolean', help: 'answer as JSON' } },
  positionals: 1,
  async run({ json = false }, [what]) {
    if (what !== undefined && what !== 'status')
      throw new UsageError(`There is no "migrate ${what}", only "migrate" and "migrate status"`)
    if (what) return status(json)
    const report = await migrate(migrations)
    if (json) return console.log(JSON.stringify(report))
    if (report.copy) console.log(`A copy of the database from before is at ${report.copy}`)
    console.log(report.applied.length ? `Applied ${report.applied.join(', ')}` : 'Nothing to apply')
  },
})
