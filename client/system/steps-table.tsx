import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { NarrowRows } from './narrow-rows.tsx'
import { systemWords } from './system-words.ts'

type Step = Outputs['system']['get']['database']['migrations'][number]

const shownAtFirst = 5

/** The newest first; `steps` come with the oldest first. */
export function StepsTable({ steps }: { steps: readonly Step[] }) {
  const words = useWords(systemWords).database
  const isNarrow = useIsNarrow()
  const [areAll, setAll] = useState(false)
  const rows = steps.map((step) => ({ id: step.name, ...step })).toReversed()
  const shown = areAll ? rows : rows.slice(0, shownAtFirst)
  return (
    <div className="system-steps">
      {isNarrow ? (
        <NarrowRows
          label={words.migrations}
          rows={shown.map(({ id, name, at }) => ({ id, name, under: words.at(at) }))}
        />
      ) : (
        <PageTable
          label={words.migrations}
          columns={[
            { header: words.columns.name, cell: (row) => row.name },
            { header: words.columns.at, width: 220, isDim: true, cell: ({ at }) => words.at(at) },
          ]}
          rows={shown}
        />
      )}
      {shown.length < rows.length && (
        <Button variant="default" size="xs" mt={12} onClick={() => setAll(true)}>
          {words.all(rows.length)}
        </Button>
      )}
    </div>
  )
}
