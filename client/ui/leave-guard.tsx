import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useMessages } from '../messages/messages.tsx'

/** Asks before what was typed would be lost by leaving, whichever way one leaves. */
export function LeaveGuard({ isUnsaved }: { isUnsaved(): boolean }) {
  const { form, close } = useMessages()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  })
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={form.leaveTitle}
      size="sm"
      closeButtonProps={{ 'aria-label': close }}
    >
      <p>{form.leaveHint}</p>
      <div className="form-end" style={{ justifyContent: 'flex-end', paddingTop: 16 }}>
        <Button variant="default" onClick={() => proceed?.()}>
          {form.leave}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {form.stay}
        </Button>
      </div>
    </Modal>
  )
}
