import { Button, Modal } from '@mantine/core'
import type { Role } from '../../db/values.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import './members.css'
import { membersWords } from './members-words.ts'

interface YourselfDialogProps {
  /** What one is about to do to oneself; null while there is nothing to ask. */
  about: 'demote' | 'remove' | null
  /** The role that would be left. */
  role: Role
  onKeep(): void
  onGo(): void
}

/** Asked before somebody takes their own rights away: they could not take that back. */
export function YourselfDialog({ about, role, onKeep, onGo }: YourselfDialogProps) {
  const { close } = useMessages()
  const { yourself } = useWords(membersWords)
  const hint = about === 'remove' || role === 'administrator' ? yourself.removeHint : yourself.demoteHints[role]
  const go = () => {
    onKeep()
    onGo()
  }
  return (
    <Modal
      opened={about !== null}
      onClose={onKeep}
      title={about === 'remove' ? yourself.removeTitle : yourself.demoteTitle}
      size="sm"
      closeButtonProps={{ 'aria-label': close }}
    >
      <p>{hint}</p>
      <div className="dialog-end">
        <Button variant="default" onClick={go}>
          {about === 'remove' ? yourself.remove : yourself.demote}
        </Button>
        <Button data-autofocus onClick={onKeep}>
          {yourself.keep}
        </Button>
      </div>
    </Modal>
  )
}
