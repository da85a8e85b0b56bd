import { TextInput } from '@mantine/core'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import type { KeyboardEvent, RefObject } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import './finder.css'

export interface Found {
  id: string
  label: string
  /** What tells it from others of the same name. */
  second?: string | undefined
  refusal?: string | undefined
}

interface FinderProps {
  label: string
  placeholder: string
  text: string
  onType(text: string): void
  found: readonly Found[] | undefined
  nothing: string
  onPick(found: Found): void
  input?: RefObject<HTMLInputElement | null>
}

const optionId = (list: string, index: number) => `${list}-${index}`
const canPick = (one: Found | undefined): one is Found => one !== undefined && !one.refusal

/** Enter that is pressed before the answer is here waits for it, and picks only an unambiguous one. */
function useEnter(found: FinderProps['found'], active: number, pick: (one: Found) => void) {
  const [isWaiting, setWaiting] = useState(false)
  const latest = useRef(pick)
  latest.current = pick
  useEffect(() => {
    if (!isWaiting || !found) return
    setWaiting(false)
    if (found.length === 1 && canPick(found[0])) latest.current(found[0])
  }, [isWaiting, found])
  return () => {
    const one = found?.[active]
    if (canPick(one)) pick(one)
    else if (!found) setWaiting(true)
  }
}

interface OptionsProps extends Pick<FinderProps, 'label' | 'onPick'> {
  list: string
  found: readonly Found[]
  active: number
}

const Options = ({ list, label, found, active, onPick }: OptionsProps) => (
  <div id={list} role="listbox" aria-label={label} className="found">
    {found.map((one, index) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
      // biome-ignore lint/a11y/useFocusableInteractive: the field names the active one (aria-activedescendant)
      <div
        key={one.id}
        id={optionId(list, index)}
        role="option"
        aria-selected={index === active}
        aria-disabled={Boolean(one.refusal)}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => canPick(one) && onPick(one)}
      >
        <span className="found-label">{one.label}</span>
        <span className="found-second">{one.refusal ?? one.second}</span>
      </div>
    ))}
  </div>
)

/** Type, and Enter takes the one that is marked; the arrows mark another, Escape puts the list away. */
export function Finder({ label, placeholder, text, onType, found, nothing, onPick, input }: FinderProps) {
  const list = useId()
  const [moved, setMoved] = useState<number | null>(null)
  const isOpen = text.trim() !== ''
  const shown = isOpen ? (found ?? []) : []
  // The first that can be chosen, until the arrows say otherwise.
  const marked = moved ?? Math.max(shown.findIndex(canPick), 0)
  const active = Math.min(marked, Math.max(shown.length - 1, 0))
  const enter = useEnter(isOpen ? found : [], active, onPick)
  const type = (next: string) => {
    setMoved(null)
    onType(next)
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => setMoved(Math.min(active + 1, shown.length - 1)),
    ArrowUp: () => setMoved(Math.max(active - 1, 0)),
    Enter: enter,
    ...(isOpen && { Escape: () => type('') }),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  useEffect(() => {
    document.getElementById(optionId(list, active))?.scrollIntoView({ block: 'nearest' })
  }, [list, active])
  return (
    <div className="finder">
      <TextInput
        {...(input && { ref: input })}
        role="combobox"
        label={label}
        placeholder={placeholder}
        autoComplete="off"
        data-autofocus
        leftSection={<IconSearch size={15} aria-hidden />}
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={shown.length ? list : undefined}
        aria-activedescendant={shown.length ? optionId(list, active) : undefined}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="found-place" role="status">
        {isOpen && found?.length === 0 && <p className="found found-nothing">{nothing}</p>}
      </div>
      {shown.length > 0 && <Options list={list} label={label} found={shown} active={active} onPick={onPick} />}
    </div>
  )
}
