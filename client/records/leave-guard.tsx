import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useMessages, useWords } from '../messages/messages.tsx'
import { leavingWords } from './record-words.ts'

/** Asks before what was typed would be lost by leaving, whichever way one leaves. */
export function LeaveGuard({ isUnsaved }: { isUnsaved(): boolean }) {
  const { close } = useMessages()
  const words = useWords(leavingWords)
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  })
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
        <Button variant="default" onClick={() => proceed?.()}>
          {words.leave}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {words.stay}
        </Button>
      </div>
    </Modal>
  )
}
