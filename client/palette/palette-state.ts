/** Whether the palette is open, and what was typed before its field was there to take it. */
import { makeStore } from '../store.ts'

export const isPaletteOpen = makeStore(false)

let typed = ''
let focusBefore: Element | null = null

/** Keeps keys that come between the opening and the field. */
function keep(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Backspace') typed = typed.slice(0, -1)
  else if (event.key.length === 1) typed += event.key
  else return
  event.preventDefault()
  event.stopPropagation()
}

export function openPalette(): void {
  if (isPaletteOpen.get()) return
  typed = ''
  focusBefore = document.activeElement
  window.addEventListener('keydown', keep, true)
  isPaletteOpen.set(true)
}

/** The field is there: what was typed meanwhile. */
export function takeTyped(): string {
  window.removeEventListener('keydown', keep, true)
  const taken = typed
  typed = ''
  return taken
}

/** The focus goes back to where it was, or to the page that was chosen. */
export function closePalette(next: 'back' | 'page' = 'back'): void {
  takeTyped()
  isPaletteOpen.set(false)
  const target = next === 'page' ? document.getElementById('main') : focusBefore
  if (target instanceof HTMLElement) setTimeout(() => target.isConnected && target.focus({ preventScroll: true }))
}
