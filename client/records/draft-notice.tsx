import { Button } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useWords } from '../messages/messages.tsx'
import { Notice } from '../ui/page.tsx'
import { recordWords } from './record-words.ts'

/** Above a form that holds what was typed before the page was loaded again. */
export function DraftNotice({ onStartOver }: { onStartOver(): void }) {
  const { drafts: words } = useWords(recordWords)
  const startOver = (event: MouseEvent<HTMLButtonElement>) => {
    const form = event.currentTarget.closest('form')
    onStartOver()
    form?.querySelector<HTMLElement>('fieldset input, fieldset select')?.focus()
  }
  return (
    <Notice tone="info" role="status">
      <p>{words.back}</p>
      <Button className="push" style={{ flex: 'none' }} variant="default" onClick={startOver}>
        {words.startOver}
      </Button>
    </Notice>
  )
}
