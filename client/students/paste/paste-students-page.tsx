import { Button, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { LeaveGuard } from '../../records/leave-guard.tsx'
import { useSchool } from '../../school.tsx'
import '../../ui/form.css'
import '../../ui/list-page.css'
import { BackLabel, PageHead } from '../../ui/page.tsx'
import { usePageTitle } from '../../ui/use-page-title.ts'
import './paste.css'
import { pasteWords } from './paste-fields.ts'
import { PastePreview } from './paste-preview.tsx'
import { useAddMany } from './use-add-many.ts'
import { usePaste } from './use-paste.ts'

interface PasteTextProps {
  text: string
  onText(text: string): void
  /** Whether there were rows in the text. */
  onRead(text: string): boolean
}

/** Pasting shows the rows at once; what was typed waits for the button. */
function PasteText({ text, onText, onRead }: PasteTextProps) {
  const words = useWords(pasteWords)
  const [isEmpty, setEmpty] = useState(false)
  const read = (from: string) => setEmpty(!onRead(from))
  return (
    <div className="paste-text form">
      <Textarea
        data-autofocus
        autoFocus
        label={words.label}
        description={words.hint}
        rows={12}
        spellCheck={false}
        value={text}
        error={isEmpty && words.nothing}
        onChange={(event) => onText(event.currentTarget.value)}
        onPaste={(event) => {
          if (text.trim()) return
          event.preventDefault()
          const pasted = event.clipboardData.getData('text/plain')
          onText(pasted)
          read(pasted)
        }}
      />
      <div className="form-end">
        <Button size="sm" onClick={() => read(text)}>
          {words.look}
        </Button>
      </div>
    </div>
  )
}

/** Many students out of a spreadsheet: pasted, looked through row by row, and added all at once. */
export function PasteStudentsPage() {
  const words = useWords(pasteWords)
  const { student } = useMessages()
  const { slug, name } = useSchool()
  const [text, setText] = useState('')
  const paste = usePaste()
  const adding = useAddMany(paste)
  usePageTitle(words.title, name)
  return (
    <div className="list-page">
      <div className="list-head">
        <Link to="/$school/students" params={{ school: slug }} className="back">
          <BackLabel>{student.back}</BackLabel>
        </Link>
        <PageHead title={words.title} />
        {!paste.pasted && <PasteText text={text} onText={setText} onRead={paste.read} />}
      </div>
      {paste.pasted && <PastePreview paste={paste} adding={adding} />}
      <LeaveGuard isUnsaved={() => !adding.isDone() && Boolean(paste.pasted || text.trim())} />
    </div>
  )
}
