import { verifyJournals } from '../journal/verify.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withDatabase } from './database.ts'

const named = (broken: { number: number; entity: string | null; what: string }) =>
  `entry ${broken.number}${broken.entity ? ` (${broken.entity})` : ''}: ${broken.what}`

export const command = defineCommand({
  summary: 'Checks that no entry of the journal was changed, removed or slipped in since it was written',
  usage: 'journal verify [--school <name in its address>] [--json]',
  options: {
    school: { type: 'string', help: 'only this school, by the first part of its address, such as northgate' },
    json: { type: 'boolean', help: 'answer as JSON' },
  },
  positionals: 1,
  async run({ school, json }, [what]) {
    if (what !== 'verify') throw new UsageError('Say "journal verify"')
    const reports = await withDatabase((db) => verifyJournals(db, school))
    if (school && !reports.length) throw new CommandError(`There is no school ${JSON.stringify(school)}`)
    if (json) console.log(JSON.stringify(reports))
    else
      for (const { slug, entries, head, broken } of reports)
        console.log(
          broken
            ? `${slug}: broken at ${named(broken)}`
            : `${slug}: intact, ${entries} ${entries === 1 ? 'entry' : 'entries'}, head ${head}`,
        )
    return reports.some(({ broken }) => broken) ? 1 : 0
  },
})
