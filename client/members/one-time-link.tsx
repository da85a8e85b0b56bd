import { Button, TextInput } from '@mantine/core'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import { useEffect, useRef } from 'react'
import { useWords } from '../messages/messages.tsx'
import { Notice } from '../ui/page.tsx'
import { toast } from '../ui/toast.tsx'
import type { OneTimeLink } from './member-queries.ts'
import './members.css'
import { membersWords } from './members-words.ts'

/** A link that the server tells this once: what it is for, and what to do with it. */
export function OneTimeLinkNotice({ link, name }: { link: OneTimeLink; name: string }) {
  const { link: words } = useWords(membersWords)
  const field = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // In the fragment: no server, no proxy and no log gets to see it.
  const address = `${location.origin}/join#t=${link.token}`
  useEffect(() => heading.current?.focus(), [])
  const copy = async () => {
    field.current?.select()
    // Browsers have a clipboard only over https and on the machine itself.
    if (navigator.clipboard) await navigator.clipboard.writeText(address)
    else document.execCommand('copy')
    toast(words.copied)
  }
  return (
    <Notice tone="info">
      <div className="one-time-link">
        <h2 ref={heading} tabIndex={-1}>
          {words[link.purpose](name)}
        </h2>
        <p>{words.hint(link.expiresAt)}</p>
        <p>{link.purpose === 'passwordReset' ? words.resetHint : words.invitationHint}</p>
        <div className="link-line">
          <TextInput ref={field} aria-label={words.label} readOnly value={address} />
          <Button size="sm" leftSection={<IconCopy size={15} aria-hidden />} onClick={() => void copy()}>
            {words.copy}
          </Button>
        </div>
      </div>
    </Notice>
  )
}
