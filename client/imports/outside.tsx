import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { Failure, Section } from '../ui/page.tsx'
import { importWords } from './import-words.ts'
import type { Import, ImportReport } from './listed.ts'

/** Schools of the bundle that it does not reach. One that the register does not know may be this one under another name. */
export function Outside({ found, report }: { found: Import; report: ImportReport }) {
  const words = useWords(importWords).outside
  const messages = useMessages()
  const { name } = useSchool()
  const compare = useMutation(useTrpc().imports.compare.mutationOptions())
  const rows = report.outside
  if (!rows.length) return null
  const { source } = found.choices
  const canAdopt = found.state === 'ready' && !report.schools.length
  return (
    <Section title={words.title}>
      <p className="dim import-note">{words.hint}</p>
      <Failure>{compare.error && sentenceOf(compare.error, messages)}</Failure>
      <ul className="import-list" aria-label={words.title}>
        {rows.map(({ sourcedId, isKnown, name: called, rows: counts }) => (
          <li key={sourcedId}>
            {called}
            <span className="dim">{words.rows(counts)}</span>
            {canAdopt && !isKnown && (
              <Button
                variant="default"
                size="compact-sm"
                loading={compare.isPending}
                onClick={() =>
                  compare.mutate({ id: found.id, adopt: sourcedId, ...(source !== undefined && { source }) })
                }
              >
                {words.adopt(name)}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
