import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { sentenceOf } from '../../errors.ts'
import { useMessages, useWords } from '../../messages/messages.tsx'
import { goToField } from '../../ui/go-to-field.ts'
import { ShortDialog } from '../../ui/short-dialog.tsx'
import type { AnyRecord, RecordKind } from '../record-kind.ts'
import './erasure.css'
import type { PersonEntity } from '../../../db/values.ts'
import { erasureWords } from './erasure-words.ts'
import { useErasing } from './use-erasing.ts'

interface EraseDialogProps {
  kind: RecordKind<AnyRecord>
  record: AnyRecord
  onClose(): void
}

function Told({ title, lines }: { title: string; lines: string[] }) {
  return (
    <div>
      <p className="erasure-title">{title}</p>
      <ul className="erasure-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

/** What an erasure takes and what it leaves; it is done by whoever types the name once more. */
export default function EraseDialog({ kind, record, onClose }: EraseDialogProps) {
  const messages = useMessages()
  const words = useWords(erasureWords)
  const [name] = useState(kind.nameOf(record))
  const [typed, setTyped] = useState('')
  const [isMissing, setMissing] = useState(false)
  const { mutate, isPending, error } = useErasing(kind, onClose)
  const person = kind.entity as PersonEntity
  const submit = () => {
    const { id, version } = record
    setMissing(!typed.trim())
    if (typed.trim()) mutate({ id, version, confirm: typed })
    else goToField('erase-name')
  }
  return (
    <ShortDialog
      title={words.title(name)}
      submitLabel={words.submit}
      isBusy={isPending}
      failure={error && sentenceOf(error, messages)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Told title={words.goesTitle} lines={words.goes[person]} />
      <Told title={words.staysTitle} lines={words.stays[person]} />
      <p className="dim erasure-elsewhere">{words.elsewhere}</p>
      <TextInput
        id="erase-name"
        label={words.confirm}
        description={words.nameHint(name)}
        autoComplete="off"
        data-autofocus
        value={typed}
        error={isMissing && words.missing}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ShortDialog>
  )
}
