import { Button, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addressOf } from '../addresses.ts'
import { useDraft, useKeeping } from '../drafts/use-draft.ts'
import { useWords } from '../messages/messages.tsx'
import { DraftNotice } from '../records/draft-notice.tsx'
import { LeaveGuard } from '../records/leave-guard.tsx'
import { useManyWords } from '../records/many/many-words.ts'
import { useKindWords } from '../records/record-kind.ts'
import { useSchool } from '../school.tsx'
import '../ui/form.css'
import '../ui/list-page.css'
import { BackLabel, PageHead } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import './paste.css'
import { keptPaste, readPasteDraft } from './paste-draft.ts'
import { pasteWords } from './paste-field.ts'
import type { AnyPasteKind } from './paste-kind.ts'
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

export function PastePage(pasteKind: AnyPasteKind) {
  const { kind } = pasteKind
  const { title } = useKindWords(kind)
  const { paste: pasteTitle } = useManyWords(kind)
  const { slug, name } = useSchool()
  const draft = useDraft()
  const [found, setFound] = useState(() => readPasteDraft(draft.found))
  const [text, setText] = useState(found?.text ?? '')
  const paste = usePaste(pasteKind, found)
  const adding = useAddMany(pasteKind, paste)
  const kept = () => (adding.isDone() ? null : keptPaste({ text, order: paste.chosenOrder, pasted: paste.pasted }))
  useKeeping(draft, kept)
  const startOver = () => {
    paste.drop()
    setText('')
    setFound(undefined)
  }
  usePageTitle(pasteTitle, name)
  return (
    <div className="list-page">
      <div className="list-head">
        <Link to={addressOf(kind)} params={{ school: slug }} className="back">
          <BackLabel>{title}</BackLabel>
        </Link>
        <PageHead title={pasteTitle} />
        {found && <DraftNotice onStartOver={startOver} />}
        {!paste.pasted && <PasteText text={text} onText={setText} onRead={paste.read} />}
      </div>
      {paste.pasted && <PastePreview pasteKind={pasteKind} text={text} paste={paste} adding={adding} />}
      <LeaveGuard isUnsaved={() => kept() !== null} draft={draft} />
    </div>
  )
}
