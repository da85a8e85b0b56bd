import type { MouseEvent, PointerEvent } from 'react'
import { useEffect, useRef } from 'react'

const holdFor = 500
/** In pixels. A finger that moves further scrolls. */
const slack = 10

interface Press {
  index: number
  x: number
  y: number
  timer: ReturnType<typeof setTimeout>
}

function rowAt({ target }: PointerEvent): number | undefined {
  const row = target instanceof Element ? target.closest('tbody tr[aria-rowindex]') : null
  return row ? Number(row.getAttribute('aria-rowindex')) - 2 : undefined
}

/** The list has moved below the finger: what it is lifted from is not meant, and neither is the system's menu. */
function ignoreLifting(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, true)
  addEventListener('contextmenu', swallow, true)
  const end = () => {
    removeEventListener('click', swallow, true)
    removeEventListener('contextmenu', swallow, true)
  }
  for (const next of ['pointerdown', 'keydown']) addEventListener(next, end, { capture: true, once: true })
}

/**
 * For the element around a list's rows: a finger that rests on one for half a second. A mouse, a finger that moves, and text
 * that somebody marks are left alone.
 */
export function useHold(onHold: ((index: number) => void) | undefined) {
  const press = useRef<Press | undefined>(undefined)
  const end = () => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  useEffect(() => () => clearTimeout(press.current?.timer), [])
  const hold = () => {
    const index = press.current?.index
    end()
    if (index === undefined) return
    ignoreLifting()
    onHold?.(index)
  }
  return {
    onPointerDown(event: PointerEvent) {
      end()
      const index = rowAt(event)
      if (!onHold || event.pointerType !== 'touch' || !event.isPrimary || index === undefined) return
      press.current = { index, x: event.clientX, y: event.clientY, timer: setTimeout(hold, holdFor) }
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const from = press.current
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > slack) end()
    },
    onPointerUp: end,
    onPointerCancel: end,
    /** The system's menu comes at about the same moment, sometimes before ours. */
    onContextMenu(event: MouseEvent) {
      if (!press.current) return
      event.preventDefault()
      hold()
    },
  }
}
