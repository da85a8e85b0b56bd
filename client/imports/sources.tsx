import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { FindingsTable } from './findings.tsx'
import { importWords } from './import-words.ts'

type Source = Outputs['imports']['list']['sources'][number]

function State({ source: { reason, isLate, at, lastSuccessAt } }: { source: Source }) {
  const words = useWords(importWords).sources
  const { instant } = useFormats()
  if (reason) return <Status tone="bad">{words.failed(instant(at))}</Status>
  return (
    <Status tone={isLate ? 'warn' : 'ok'}>{(isLate ? words.late : words.done)(instant(lastSuccessAt ?? at))}</Status>
  )
}

function SourceLine({ source }: { source: Source }) {
  const words = useWords(importWords).sources
  const { instant } = useFormats()
  const [shown, setShown] = useState<'rejected' | 'warnings' | null>(null)
  const { reason, sentence, isWhole, lastSuccessAt, name } = source
  const kinds = (['rejected', 'warnings'] as const).filter((kind) => isWhole && source[kind] > 0)
  return (
    <li>
      <p className="import-source">
        {words.named(source.source)}
        <State source={source} />
      </p>
      {reason && (
        <p>{reason === 'rejected' || sentence === null ? words.reasons[reason](source.rejected) : `${sentence}.`}</p>
      )}
      {reason && <p className="dim">{words.nothingChanged(name, lastSuccessAt && instant(lastSuccessAt))}</p>}
      {reason && !isWhole && <p className="dim">{words.otherSchools}</p>}
      {kinds.length > 0 && (
        <div className="import-decide">
          {kinds.map((kind) => (
            <Button
              key={kind}
              variant="default"
              size="compact-sm"
              aria-expanded={shown === kind}
              onClick={() => setShown(shown === kind ? null : kind)}
            >
              {words.show[kind](source[kind])}
            </Button>
          ))}
        </div>
      )}
      {shown && <FindingsTable of={{ source: source.source }} kind={shown} total={source[shown]} name={name} />}
    </li>
  )
}

/** What the server brings in by itself, most often at night. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  const words = useWords(importWords).sources
  return (
    <Section title={words.title}>
      <ul className="import-list" aria-label={words.title}>
        {sources.map((source) => (
          <SourceLine key={source.source} source={source} />
        ))}
      </ul>
    </Section>
  )
}
