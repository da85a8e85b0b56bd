import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { systemWords } from './system-words.ts'

type Backup = Outputs['system']['get']['backup']

/** `at` is the server's clock. */
export function BackupSection({ backup, at }: { backup: Backup; at: string }) {
  const { last, failure, rehearsal, stream = null } = backup
  const words = useWords(systemWords).backup
  const ago = (then: string) => words.at(then, Date.parse(at) - Date.parse(then))
  const unstored = stream?.failure
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
          [words.facts.unstored, unstored && <Status tone="bad">{words.failed(unstored.at, unstored.reason)}</Status>],
          [words.facts.last, last && ago(last.at)],
          [words.facts.size, last && words.size(last.size)],
          [words.facts.place, last && words.place(last.place, last.host)],
          [words.facts.verified, last && words.within(last.verifyMs)],
          [words.facts.stored, stream?.storedAt && ago(stream.storedAt)],
          [words.facts.streamPlace, stream?.place && words.place(stream.place, stream.host)],
          [words.facts.rehearsed, rehearsal && words.rehearsed(rehearsal.at, rehearsal.ms)],
        ]}
      />
    </Section>
  )
}
