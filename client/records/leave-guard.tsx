import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import type { Draft } from '../drafts/use-draft.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { isSignedOut } from '../signed-out.ts'
import { useUnsaved } from '../undo/unsaved.ts'
import { recordWords } from './record-words.ts'

interface LeaveGuardProps {
  isUnsaved(): boolean
  draft: Draft
}

/** Asks before what was typed would be lost by leaving. A page that goes as a whole loses nothing that can be kept in its tab. */
export function LeaveGuard({ isUnsaved, draft }: LeaveGuardProps) {
  const { close } = useMessages()
  const words = useWords(recordWords).leaving
  useUnsaved(isUnsaved)
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => !isSignedOut() && isUnsaved(),
    enableBeforeUnload: () => isUnsaved() && !draft.keep(),
    withResolver: true,
  })
  const leave = () => {
    draft.discard()
    proceed?.()
  }
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={words.title}
      size="sm"
      closeButtonProps={{ 'aria-label': close }}
    >
      <p>{words.hint}</p>
      <div className="form-end" style={{ justifyContent: 'flex-end', paddingTop: 16 }}>
        <Button variant="default" onClick={leave}>
          {words.leave}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {words.stay}
        </Button>
      </div>
    </Modal>
  )
}
