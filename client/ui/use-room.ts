import type { RefObject } from 'react'
import { useLayoutEffect, useState } from 'react'

export function useRoom(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(window.innerWidth)
  useLayoutEffect(() => {
    const measure = () => setWidth(element.current.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
