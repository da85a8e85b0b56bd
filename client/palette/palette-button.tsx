import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import type { ComponentType } from 'react'
import { useEffect, useState } from 'react'
import { renew } from '../connection.ts'
import { useMessages } from '../messages/messages.tsx'
import { whenIdle } from '../ui/when-idle.ts'
import './palette-button.css'
import { part } from '../part.ts'
import { closePalette, isPaletteOpen, openPalette } from './palette-state.ts'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** Ctrl+K or Cmd+K, wherever one is. */
function usePaletteKey() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      if (isPaletteOpen.get()) closePalette()
      else openPalette()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/**
 * Fetched once the page is at rest, or when it is opened before that. Not by `lazy`: React holds back what was suspended
 * for 300 ms, and the palette is to show at the key.
 */
function usePalette(isOpen: boolean): ComponentType | undefined {
  const [loaded, setLoaded] = useState<{ Palette: ComponentType }>()
  useEffect(() => {
    // Without a connection it is asked for again at the next opening.
    const load = () => void part(() => import('./palette.tsx'))().then(setLoaded, () => void (isOpen && renew()))
    if (isOpen) load()
    else whenIdle(load)
  }, [isOpen])
  return loaded?.Palette
}

export function PaletteButton() {
  const { shell } = useMessages()
  const isOpen = isPaletteOpen.use()
  const Palette = usePalette(isOpen)
  usePaletteKey()
  return (
    <>
      <button
        type="button"
        className="find"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={openPalette}
      >
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className="find-label">{shell.find}</span>
        <kbd aria-hidden>{isMac ? '⌘ K' : shell.findKey}</kbd>
      </button>
      {isOpen && Palette && <Palette />}
    </>
  )
}
