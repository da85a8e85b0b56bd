import { Button, Drawer } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useMessages, useWords } from '../messages/messages.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import '../ui/form.css'
import { Notice } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import './enrollments.css'

interface EnrollPanelProps {
  title: string
  submitLabel: string
  isBusy: boolean
  failure?: ReactNode
  forecast: ReactNode
  onSubmit(): void
  onClose(): void
  children: ReactNode
}

/** A panel for picking many and doing one thing with them; over the whole screen on a phone. */
export function EnrollPanel(props: EnrollPanelProps) {
  const { title, submitLabel, isBusy, failure, forecast, onSubmit, onClose, children } = props
  const { close, cancel } = useMessages()
  useReturnedFocus()
  const isNarrow = useIsNarrow()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={isNarrow ? '100%' : 480}
      title={title}
      className="enroll-panel"
      closeButtonProps={{ 'aria-label': close }}
    >
      <form className="form enroll-form" noValidate onSubmit={submit}>
        {children}
        <div className="foot">
          {failure && (
            <Notice tone="bad" role="alert">
              {failure}
            </Notice>
          )}
          <p className="forecast" role="status">
            {forecast}
          </p>
          <div className="form-end">
            <SubmitButton loading={isBusy}>{submitLabel}</SubmitButton>
            <Button variant="default" size="sm" onClick={onClose}>
              {cancel}
            </Button>
          </div>
        </div>
      </form>
    </Drawer>
  )
}

interface OfferWaitlistProps {
  isBusy: boolean
  onAdd(): void
  /** What has filled up meanwhile, in sentences. */
  children: ReactNode
}

export function OfferWaitlist({ isBusy, onAdd, children }: OfferWaitlistProps) {
  const { enroll: words } = useWords(enrollmentWords)
  return (
    <div>
      {children}
      <Button variant="default" mt={8} loading={isBusy} onClick={onAdd}>
        {words.addToWaitlist}
      </Button>
    </div>
  )
}
