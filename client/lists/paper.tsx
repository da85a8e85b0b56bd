import { Button } from '@mantine/core'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { PageHead } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { paperWords } from './list-words.ts'
import './paper.css'

const school = getRouteApi('/$school')

interface PaperProps {
  title: string
  term?: string | undefined
  /** What else a sheet of paper has to say of itself. */
  facts: readonly (string | false | null | undefined)[]
  /** The link to where it comes from, with its label inside. */
  back: ReactNode
  actions?: ReactNode
  isReady: boolean
  children: ReactNode
}

function PageNumbers() {
  const { page } = useWords(paperWords)
  const [before, between] = page.map((text) => JSON.stringify(text))
  return (
    <style>{`@page { @bottom-right { content: ${before} counter(page) ${between} counter(pages); font: 8pt "Inter Variable", sans-serif; color: #333; } }`}</style>
  )
}

/** A page that is made to be printed: its head says where it comes from. */
export function Paper({ title, term, facts, back, actions, isReady, children }: PaperProps) {
  const words = useWords(paperWords)
  const formats = useFormats()
  const { name } = useSchool()
  const { person } = school.useRouteContext()
  const current = useQuery(useTrpc().academicSessions.current.queryOptions(undefined, { staleTime: 300_000 }))
  const [now] = useState(() => new Date().toISOString())
  usePageTitle(title, name)
  const lines = [[name, term ?? current.data?.title], facts, [words.printed(formats.instant(now), person.name)]]
  return (
    <div className="page paper">
      <PageNumbers />
      {back}
      <PageHead
        title={title}
        actions={
          <>
            {actions}
            <Button
              disabled={!isReady || current.isPending}
              leftSection={<IconPrinter size={15} aria-hidden />}
              onClick={() => print()}
            >
              {words.print}
            </Button>
          </>
        }
      />
      <div className="paper-facts">
        {lines.map((parts) => {
          const line = parts.filter(Boolean).join(' · ')
          return line && <p key={line}>{line}</p>
        })}
      </div>
      {children}
    </div>
  )
}
