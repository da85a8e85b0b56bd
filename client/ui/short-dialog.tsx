import { Button, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useMessages } from '../messages/messages.tsx'
import './form.css'
import { Failure } from './page.tsx'
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

/** A question of a few fields about one thing on the page. What was typed stays when it is refused. */
export function ShortDialog({ title, submitLabel, isBusy, failure, onSubmit, onClose, children }: ShortDialogProps) {
  const { close, cancel } = useMessages()
  useReturnedFocus()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': close }}>
      <form className="form dialog-form" noValidate onSubmit={submit}>
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
