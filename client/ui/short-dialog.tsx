import { Button, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useState } from 'react'
import { useMessages } from '../messages/messages.tsx'
import './form.css'
import { Failure, Notice } from './page.tsx'
import { SubmitButton } from './submit-button.tsx'
import { useReturnedFocus } from './use-returned-focus.ts'

export interface ShortDialogProps {
  title: string
  submitLabel: string
  isBusy: boolean
  failure?: ReactNode
  onSubmit(): void
  onClose(): void
  children: ReactNode
}

/** Escape and a click beside the dialog ask before something typed is lost; once more, and it goes on. */
function useAsking(onClose: () => void) {
  const [isTouched, setTouched] = useState(false)
  const [isAsking, setAsking] = useState(false)
  return {
    isAsking: isAsking && isTouched,
    touch: () => setTouched(true),
    close: () => (isTouched ? setAsking(!isAsking) : onClose()),
    stay: () => setAsking(false),
  }
}

function Unsaved({ onStay, onClose }: { onStay(): void; onClose(): void }) {
  const { unsaved: words } = useMessages()
  return (
    <Notice tone="warn" role="alert">
      <div>
        <p>{words.title}</p>
        <div className="form-end">
          <Button size="sm" data-autofocus autoFocus onClick={onStay}>
            {words.stay}
          </Button>
          <Button variant="default" size="sm" onClick={onClose}>
            {words.close}
          </Button>
        </div>
      </div>
    </Notice>
  )
}

/** A question of a few fields about one thing on the page. What was typed stays when it is refused. */
export function ShortDialog({ title, submitLabel, isBusy, failure, onSubmit, onClose, children }: ShortDialogProps) {
  const { close, cancel } = useMessages()
  useReturnedFocus()
  const asking = useAsking(onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal opened onClose={asking.close} title={title} closeButtonProps={{ 'aria-label': close }}>
      {asking.isAsking && <Unsaved onStay={asking.stay} onClose={onClose} />}
      <form className="form dialog-form" noValidate onSubmit={submit} onChange={asking.touch}>
        <Failure>{failure}</Failure>
        {children}
        <div className="form-end">
          <SubmitButton loading={isBusy}>{submitLabel}</SubmitButton>
          <Button variant="default" size="sm" onMouseDown={(event) => event.preventDefault()} onClick={onClose}>
            {cancel}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
