import { ActionIcon } from '@mantine/core'
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelp.mjs'
import { lazy, Suspense, useState } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { useSingleKey } from '../ui/single-keys.ts'

const HelpDialog = lazy(part(() => import('./help-dialog.tsx')))

/** What the open page is about and which keys it knows, at "?" or a press. */
export function HelpButton() {
  const { shell } = useMessages()
  const [isOpen, setOpen] = useState(false)
  useSingleKey('?', () => setOpen(true))
  return (
    <>
      <ActionIcon
        className="only-wide"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={shell.help}
        aria-haspopup="dialog"
        aria-keyshortcuts="?"
        onClick={() => setOpen(true)}
      >
        <IconHelp size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      {isOpen && (
        <Suspense>
          <HelpDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
