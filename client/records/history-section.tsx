import { Button } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { recordHistory } from '../kinds.ts'
import { useWords } from '../messages/messages.tsx'
import { useMay } from '../school.tsx'
import type { Inputs } from '../trpc.ts'
import { Section } from '../ui/page.tsx'
import { recordWords } from './record-words.ts'

export type RecordOfHistory = Pick<Inputs['journal']['ofRecord'], 'entity' | 'id'>
const RecordHistory = lazy(recordHistory)
const hash = 'history'

/** At the end of a record's page; loaded when it is opened, and open where the address says #history. */
export function HistorySection(record: RecordOfHistory) {
  const { title, show, hide } = useWords(recordWords).history
  const navigate = useNavigate()
  const isOpen = useLocation({ select: (location) => location.hash === hash })
  if (!useMay('journal.read')) return null
  const toggle = () =>
    void navigate({ to: '.', search: true, hash: isOpen ? '' : hash, replace: true, resetScroll: false })
  return (
    <Section
      title={title}
      actions={
        <Button variant="default" aria-expanded={isOpen} onClick={toggle}>
          {isOpen ? hide : show}
        </Button>
      }
    >
      {isOpen && (
        <Suspense>
          <RecordHistory {...record} />
        </Suspense>
      )}
    </Section>
  )
}
