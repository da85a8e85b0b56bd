import { Button, TextInput } from '@mantine/core'
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs'
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { Notice } from './page.tsx'
import { toast } from './toast.tsx'
import './told-once.css'

interface ToldOnceProps {
  /** The level of its heading on the page. */
  heading: 'h2' | 'h3'
  words: { title: string; label: string; copy: string; copied: string }
  secret: string
  children: ReactNode
}

/** A link or a token that the server shows this once, to be copied. */
export function ToldOnce({ heading: Heading, words, secret, children }: ToldOnceProps) {
  const field = useRef<HTMLInputElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const copy = async () => {
    field.current?.select()
    // Browsers have a clipboard only over https and on the machine itself.
    if (navigator.clipboard) await navigator.clipboard.writeText(secret)
    else document.execCommand('copy')
    toast(words.copied)
  }
  return (
    <Notice tone="info">
      <div className="told-once">
        <Heading ref={heading} tabIndex={-1}>
          {words.title}
        </Heading>
        {children}
        <div className="told-once-line">
          <TextInput ref={field} aria-label={words.label} readOnly value={secret} />
          <Button size="sm" leftSection={<IconCopy size={15} aria-hidden />} onClick={() => void copy()}>
            {words.copy}
          </Button>
        </div>
      </div>
    </Notice>
  )
}
