import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import type { KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useSingleKey } from './single-keys.ts'

interface SearchFieldProps {
  label: string
  placeholder: string
  value: string
  /** Called when the typing rests for a moment. */
  onSearch(text: string): void
}

/** The key "/" goes to it; the arrow down goes on into the list; Escape empties it. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const send = useDebouncedCallback((next: string) => {
    sent.current = next.trim()
    onSearch(next.trim())
  }, 160)
  // Changed from elsewhere, as by Back or "Clear filters".
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  useSingleKey('/', () => input.current?.focus())

  const type = (next: string) => {
    setText(next)
    send(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && text) type('')
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    document.querySelector<HTMLElement>('.scroller [data-row][tabindex="0"]')?.focus()
  }
  return (
    <TextInput
      ref={input}
      className="search"
      size="xs"
      type="search"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={placeholder}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
