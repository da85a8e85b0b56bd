import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/page.tsx'
import { BackfillsTable } from './backfills-table.tsx'
import { StepsTable } from './steps-table.tsx'
import { systemWords } from './system-words.ts'

type Database = Outputs['system']['get']['database']

/** With `hasMovePage` the page of the move tells how the register came there. */
export function DatabaseSection({ database, hasMovePage }: { database: Database; hasMovePage: boolean }) {
  const words = useWords(systemWords).database
  const { slug } = useSchool()
  const { name, size, walSize, migrations, backfills, newestEntry } = database
  // A server of the release before tells of none.
  const isFilling = backfills?.some(({ state }) => state !== 'done')
  const newest = migrations.at(-1)
  return (
    <Section title={words.title}>
      <Facts
        facts={[
          [words.facts.name, name],
          [
            words.facts.move,
            hasMovePage && (
              <Link key="move" to="/$school/system/move" params={{ school: slug }}>
                {words.moved}
              </Link>
            ),
          ],
          [words.facts.size, words.bytes(size)],
          [words.facts.walSize, walSize !== null && words.bytes(walSize)],
          [words.facts.migration, newest && words.step(newest.name, migrations.length)],
          [
            words.facts.newestEntry,
            <Link key="history" to="/$school/history" params={{ school: slug }}>
              {words.entries(newestEntry)}
            </Link>,
          ],
        ]}
      />
      {isFilling && <BackfillsTable rows={backfills} />}
      <StepsTable steps={migrations} />
    </Section>
  )
}
