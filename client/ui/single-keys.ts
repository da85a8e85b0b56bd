/** Keys that are pressed alone. Whoever speaks to the computer, or hits keys by mistake, can turn them off (WCAG 2.1.4). */
import { useEffect, useRef } from 'react'
import { recall, remember } from '../remembered.ts'
import { makeStore } from '../store.ts'

const remembered = 'homeroom.single-keys'
const areOn = makeStore(recall(remembered) !== 'off')
export const useSingleKeysOn = areOn.use

export function turnSingleKeys(on: boolean): void {
  areOn.set(on)
  remember(remembered, on ? 'on' : 'off')
}

const typedIn = 'textarea, select, input:not([type="checkbox"], [type="radio"], [type="range"])'
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(typedIn))

/** Not while something is typed, and not behind a dialog. */
export function useSingleKey(key: string, run: () => void): void {
  const current = useRef(run)
  useEffect(() => {
    current.current = run
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (!areOn.get() || isTyping(event.target) || document.querySelector('[role="dialog"][aria-modal="true"]')) return
      event.preventDefault()
      current.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [key])
}
