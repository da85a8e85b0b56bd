/** Short news at the edge of the screen, with one thing to do about it. */
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { makeStore } from '../store.ts'
import { freePlace } from './free-place.ts'

interface Toast {
  id: number
  text: string
  action?: { label: string; run(): void } | undefined
}

const toasts = makeStore<Toast[]>([])
let lastId = 0
const dismiss = (id: number) => toasts.set(toasts.get().filter((toast) => toast.id !== id))

/** Shows it for a while; a newer one takes its place. An empty text says nothing. */
export function toast(text: string, action?: Toast['action']): void {
  if (!text) return
  lastId += 1
  toasts.set([{ id: lastId, text, action }])
}

const shownFor = { news: 5_000, withAction: 12_000 }

function ToastCard({ toast: { id, text, action }, closeLabel }: { toast: Toast; closeLabel: string }) {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(id), action ? shownFor.withAction : shownFor.news)
    return () => clearTimeout(timer)
  }, [id, action, isHeld])
  const hold = () => setHeld(true)
  const letGo = () => setHeld(false)
  const act = () => {
    dismiss(id)
    action?.run()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it from leaving
    <div className="toast" onMouseEnter={hold} onMouseLeave={letGo} onFocus={hold} onBlur={letGo}>
      <span className="toast-text">{text}</span>
      {action && (
        <button type="button" onClick={act}>
          {action.label}
        </button>
      )}
      <button type="button" className="dismiss" aria-label={closeLabel} onClick={() => dismiss(id)}>
        <IconX size={16} aria-hidden />
      </button>
    </div>
  )
}

export function Toasts({ closeLabel }: { closeLabel: string }) {
  const shown = toasts.use()
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const place = () => {
      if (box.current) box.current.style.translate = freePlace(box.current)
    }
    if (!shown.length) return
    place()
    // The page that was saved may have given way to another one.
    const timer = setTimeout(place, 700)
    return () => clearTimeout(timer)
  }, [shown])
  return (
    <div ref={box} className="toasts" role="status">
      {shown.map((one) => (
        <ToastCard key={one.id} toast={one} closeLabel={closeLabel} />
      ))}
    </div>
  )
}
