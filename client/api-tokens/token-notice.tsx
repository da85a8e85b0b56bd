import { Button, TextInput } from '@mantine/core'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import { useEffect, useRef } from 'react'
import { useWords } from '../messages/messages.tsx'
import { Notice } from '../ui/page.tsx'
import { toast } from '../ui/toast.tsx'
import './api-tokens.css'
import { tokenWords } from './token-words.ts'

/** A token that the server tells this once. */
export function TokenNotice({ token }: { token: string }) {
  const { made: words } = useWords(tokenWords)
  const field = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const copy = async () => {
    field.current?.select()
    // Browsers have a clipboard only over https and on the machine itself.
    if (navigator.clipboard) await navigator.clipboard.writeText(token)
    else document.execCommand('copy')
    toast(words.copied)
  }
  return (
    <Notice tone="info">
      <div className="new-token">
        <h3 ref={heading} tabIndex={-1}>
          {words.title}
        </h3>
        <p>{words.hint}</p>
        <div className="token-line">
          <TextInput ref={field} aria-label={words.label} readOnly value={token} />
          <Button size="sm" leftSection={<IconCopy size={15} aria-hidden />} onClick={() => void copy()}>
            {words.copy}
          </Button>
        </div>
      </div>
    </Notice>
  )
}
