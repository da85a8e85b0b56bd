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
  const { scroller, count, height, scrollKey } = options
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
    // The heads cover the top of the list.
    scrollPaddingStart: 36,
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
    above: items[0]?.start ?? 0,
    below: virtualizer.getTotalSize() - (last?.end ?? 0),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index),
  }
}
