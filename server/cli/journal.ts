import type { KeptHeads } from '../journal/verify.ts'
import { verifyJournals } from '../journal/verify.ts'
import { CommandError, defineCommand, UsageError } from './command.ts'
import { withDatabase } from './database.ts'

const named = (broken: { number: number; entity: string | null; what: string }) =>
  `entry ${broken.number}${broken.entity ? ` (${broken.entity})` : ''}: ${broken.what}`

function keptHeads(expected: readonly string[]): KeptHeads {
  return new Map(
    expected.map((head) => {
      const [, number, hash = ''] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(head) ?? []
      if (!number)
        throw new UsageError(`--expect takes a head as it was printed, number:hash, and not ${JSON.stringify(head)}`)
      return [Number(number), hash]
    }),
  )
}

export const command = defineCommand({
  summary: 'Checks that no entry of the journal was changed, removed or slipped in since it was written',
  usage: 'journal verify [--school <name in its address> [--expect <number:hash>]] [--json]',
  options: {
    school: { type: 'string', help: 'only this school, by the first part of its address, such as northgate' },
    expect: {
      type: 'string',
      multiple: true,
      help: 'a head of that school’s journal that was kept elsewhere, such as one from the log; may be given again',
    },
    json: { type: 'boolean', help: 'answer as JSON' },
  },
  positionals: 1,
  async run({ school, expect, json }, [what]) {
    if (what !== 'verify') throw new UsageError('Say "journal verify"')
    if (expect && !school) throw new UsageError('Say with --school whose head --expect is')
    const kept = keptHeads(expect ?? [])
    const reports = await withDatabase((db) => verifyJournals(db, school, kept))
    if (school && !reports.length) throw new CommandError(`There is no school ${JSON.stringify(school)}`)
    if (json) console.log(JSON.stringify(reports))
    else
      for (const { slug, entries, head, broken, setBack } of reports) {
        console.log(
          broken
            ? `${slug}: broken at ${named(broken)}`
            : `${slug}: intact, ${entries} ${entries === 1 ? 'entry' : 'entries'}, head ${head}`,
        )
        if (setBack)
          console.log(
            `${slug}: entry ${setBack.number} is stamped ${setBack.at}, after one of ${setBack.after}: a clock was set back. Order is by number`,
          )
      }
    return reports.some(({ broken }) => broken) ? 1 : 0
  },
})
