import type { KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'

/** The same button so many rows further; undefined where the list ends. */
function neighbor(button: HTMLElement | null, step: number): HTMLElement | undefined {
  const buttons = [...(button?.closest('table, ul')?.querySelectorAll<HTMLElement>('.row-actions') ?? [])]
  return button ? buttons[buttons.indexOf(button) + step] : undefined
}

/** The action that is open for a row. Arrow keys go from row to row; after an action the next row has the focus. */
export function useRowAction<Doing>() {
  const [doing, setDoing] = useState<Doing | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const step = useRef<0 | 1 | undefined>(undefined)
  useEffect(() => {
    if (doing !== null || step.current === undefined) return
    const there = neighbor(button.current, step.current) ?? button.current
    step.current = undefined
    there?.focus()
  }, [doing])
  const leave = (rows: 0 | 1) => {
    step.current = rows
    setDoing(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const there = rows && neighbor(button.current, rows)
    if (!there || button.current?.ariaExpanded === 'true') return
    event.preventDefault()
    there.focus()
  }
  return { doing, setDoing, leave, button, onKeyDown }
}
