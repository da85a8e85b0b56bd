import { Button } from '@mantine/core'
import { useFormats, useWords } from '../messages/messages.tsx'
import { importWords } from './import-words.ts'

interface Props {
  /** The first is 0. */
  page: number
  pages: number
  onPage(page: number): void
}

/** Below a list that is shown a page at a time. */
export function PagesOf({ page, pages, onPage }: Props) {
  const words = useWords(importWords).changes
  const { number } = useFormats()
  if (pages < 2) return null
  return (
    <nav className="import-choice" aria-label={words.pages(number(page + 1), number(pages))}>
      <div className="import-decide">
        <Button variant="default" size="compact-sm" disabled={page === 0} onClick={() => onPage(page - 1)}>
          {words.before}
        </Button>
        <span className="dim digits">{words.pages(number(page + 1), number(pages))}</span>
        <Button variant="default" size="compact-sm" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
          {words.next}
        </Button>
      </div>
    </nav>
  )
}
