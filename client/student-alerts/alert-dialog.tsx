import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { alertKinds } from '../../db/values.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { alertWords } from './alert-words.ts'
import type { Alert } from './use-alerts.ts'
import { useAlertWrites } from './use-alerts.ts'

interface AlertDialogProps {
  student: { id: string; name: string }
  /** The one to be changed; none for a new one. */
  alert: Alert | null
  onClose(): void
}

/** What must be known of a student, in a line. */
export default function AlertDialog({ student, alert, onClose }: AlertDialogProps) {
  const messages = useMessages()
  const words = useWords(alertWords)
  const [kind, setKind] = useState<Alert['kind']>(alert?.kind ?? 'medical')
  const [text, setText] = useState(alert?.text ?? '')
  const [isMissing, setMissing] = useState(false)
  const { create, update, archive } = useAlertWrites(onClose)
  const error = create.error ?? update.error ?? archive.error
  const submit = () => {
    setMissing(!text.trim())
    if (!text.trim()) goToField('alert-text')
    else if (alert) update.mutate({ id: alert.id, version: alert.version, kind, text })
    else create.mutate({ studentId: student.id, kind, text })
  }
  return (
    <ShortDialog
      title={alert ? words.editTitle(student.name) : words.addTitle(student.name)}
      submitLabel={alert ? words.save : words.add}
      isBusy={create.isPending || update.isPending || archive.isPending}
      failure={error && sentenceOf(error, messages)}
      onSubmit={submit}
      onClose={onClose}
    >
      <NativeSelect
        label={words.kind}
        data={alertKinds.map((value) => ({ value, label: words.kinds[value] }))}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Alert['kind'])}
      />
      <TextInput
        id="alert-text"
        label={words.text}
        description={words.textHint}
        maxLength={500}
        autoComplete="off"
        data-autofocus
        value={text}
        error={isMissing && words.missing}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {alert && (
        <div>
          <Button
            variant="default"
            disabled={archive.isPending}
            onClick={() => archive.mutate({ id: alert.id, version: alert.version })}
          >
            {words.remove}
          </Button>
        </div>
      )}
    </ShortDialog>
  )
}
