import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/** Where each list was left, so that Back finds it there. */
const left = new Map<string, number>()
/** Paper takes what is loaded, up to this many rows. */
const printedAtMost = 2_000

interface Options {
  scroller: RefObject<HTMLDivElement>
  count: number
  height: number
  /** The head in pixels: it stays at the top of the list and covers what is scrolled there. */
  head: number
  /** What lies over its lower end. */
  foot: number
  scrollKey: string
}

function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const start = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', start)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', start)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting
}

/** Another list begins at its top, or where it was left. */
function useRememberedPlace({ scroller, scrollKey }: Options) {
  const shown = useRef(scrollKey)
  useLayoutEffect(() => {
    const element = scroller.current
    if (shown.current !== scrollKey) element.scrollTop = 0
    shown.current = scrollKey
    const remember = () => void left.set(scrollKey, element.scrollTop)
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [scroller, scrollKey])
}

export function useRows(options: Options) {
  const { scroller, count, height, head, foot, scrollKey } = options
  const isPrinting = useIsPrinting()
  useRememberedPlace(options)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: isPrinting ? printedAtMost : 10,
    // Tall from its first moment on, or the browser could not scroll to where the list was left.
    initialRect: { width: 0, height: window.innerHeight },
    initialOffset: left.get(scrollKey) ?? 0,
    scrollMargin: head,
    scrollPaddingStart: head,
    scrollPaddingEnd: foot,
  })
  useEffect(() => {
    virtualizer.options.estimateSize = () => height
    virtualizer.measure()
  }, [virtualizer, height])
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)
  return {
    indexes: items.map(({ index }) => index),
    last: last?.index ?? 0,
    above: (items[0]?.start ?? head) - head,
    below: virtualizer.getTotalSize() - ((last?.end ?? head) - head),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index),
  }
}
