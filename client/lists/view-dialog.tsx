import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ListPath } from '../../db/values.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useMay } from '../school.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { toast } from '../ui/toast.tsx'
import type { SavedView } from './list-part.ts'
import { listWords } from './list-words.ts'
import { useViewWrites } from './use-views.ts'
import { isSameView, viewText } from './view-text.ts'

interface ViewDialogProps {
  place: ListPath
  search: object
  view?: SavedView | undefined
  onClose(): void
}

function useViewForm({ place, search, view, onClose }: ViewDialogProps) {
  const words = useWords(listWords)
  const { create, update } = useViewWrites()
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(view?.isShared ?? false)
  const [takesOver, setTakesOver] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const text = viewText(search)
  const isMissing = isAsked && !name.trim()
  const done = (sentence: string) => ({
    onSuccess: () => {
      toast(sentence)
      onClose()
    },
  })
  const submit = () => {
    setAsked(true)
    if (!name.trim()) return
    const fields = { name: name.trim(), isShared }
    if (!view) return create.mutate({ place, ...fields, search: text }, done(words.saved(fields.name)))
    const { id, version } = view
    update.mutate({ id, version, ...fields, ...(takesOver && { search: text }) }, done(words.changed(fields.name)))
  }
  return {
    name: { value: name, set: setName, error: isMissing && words.nameMissing },
    isShared: { value: isShared, set: setShared },
    takesOver: { value: takesOver, set: setTakesOver, isOffered: view && !isSameView(view.search, text) },
    error: create.error ?? update.error,
    isBusy: create.isPending || update.isPending,
    submit,
  }
}

/** A view of one's own: what it is called, and who sees it. */
export function ViewDialog(props: ViewDialogProps) {
  const { view, onClose } = props
  const messages = useMessages()
  const words = useWords(listWords)
  const mayShare = useMay('savedView.share')
  const { name, isShared, takesOver, error, isBusy, submit } = useViewForm(props)
  return (
    <ShortDialog
      title={view ? words.changeTitle(view.name) : words.saveTitle}
      submitLabel={view ? words.changeDo : words.saveDo}
      isBusy={isBusy}
      failure={error && sentenceOf(error, messages)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={words.name}
        description={view ? undefined : words.nameHint}
        maxLength={100}
        value={name.value}
        error={name.error}
        onChange={(event) => name.set(event.currentTarget.value)}
      />
      {(mayShare || isShared.value) && (
        <Checkbox
          label={words.isShared}
          checked={isShared.value}
          onChange={(event) => isShared.set(event.currentTarget.checked)}
        />
      )}
      {takesOver.isOffered && (
        <Checkbox
          label={words.replace}
          checked={takesOver.value}
          onChange={(event) => takesOver.set(event.currentTarget.checked)}
        />
      )}
    </ShortDialog>
  )
}
