import type { ComponentType } from 'react'
import { useEffect, useState } from 'react'
import { part } from '../part.ts'
import { whenIdle } from '../ui/when-idle.ts'

/** Fetched once the page is at rest. Nothing waits for it, and without it nothing is broken. */
export function UndoKeysLater() {
  const [loaded, setLoaded] = useState<{ default: ComponentType }>()
  useEffect(() => {
    whenIdle(() => void part(() => import('./undo-keys.tsx'))().then(setLoaded, () => undefined))
  }, [])
  const UndoKeys = loaded?.default
  return UndoKeys ? <UndoKeys /> : null
}
