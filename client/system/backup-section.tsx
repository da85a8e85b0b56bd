import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { systemWords } from './system-words.ts'

type Backup = Outputs['system']['get']['backup']

/** `at` is the server's clock. */
export function BackupSection({ backup: { last, failure, rehearsal }, at }: { backup: Backup; at: string }) {
  const words = useWords(systemWords).backup
  const failed = failure && <Status tone="bad">{words.failed(failure.at, failure.reason)}</Status>
  return (
    <Section title={words.title}>
      {!last && !failure && (
        <p className="dim">
          {words.none}. {words.noneHint}
        </p>
      )}
      <Facts
        facts={[
          [words.facts.failure, failed],
          [words.facts.last, last && words.at(last.at, Date.parse(at) - Date.parse(last.at))],
          [words.facts.size, last && words.size(last.size)],
          [words.facts.place, last && words.place(last.place, last.host)],
          [words.facts.verified, last && words.within(last.verifyMs)],
          [words.facts.rehearsed, rehearsal && words.rehearsed(rehearsal.at, rehearsal.ms)],
        ]}
      />
    </Section>
  )
}
