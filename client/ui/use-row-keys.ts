import type { KeyboardEvent, RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'

/** For the row's one link: the list is a single stop for Tab, and the arrows move inside it. */
export interface RowLinkProps {
  tabIndex: number
  'data-row': number
  onFocus(): void
}

interface Options {
  scroller: RefObject<HTMLDivElement>
  loaded: number
  /** Rows in the page. */
  indexes: readonly number[]
  scrollTo(index: number): void
  scrollKey: string
  onToggle?(index: number): void
  /** Shift and an arrow: from the last row chosen to this one. */
  onExtend?(index: number): void
}

const pageOfRows = 15
const steps: Record<string, (active: number, last: number) => number> = {
  ArrowDown: (active) => active + 1,
  ArrowUp: (active) => active - 1,
  PageDown: (active) => active + pageOfRows,
  PageUp: (active) => active - pageOfRows,
  Home: () => 0,
  End: (_, last) => last,
}

export function useRowKeys({ scroller, loaded, indexes, scrollTo, scrollKey, onToggle, onExtend }: Options) {
  const [active, setActive] = useState(0)
  const wanted = useRef<number | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its first row
  useEffect(() => setActive(0), [scrollKey])

  const linkOf = (index: number) => scroller.current.querySelector<HTMLElement>(`[data-row="${index}"]`)
  // The row may only now have come into the page.
  useEffect(() => {
    if (wanted.current === undefined) return
    const link = linkOf(wanted.current)
    if (!link) return
    wanted.current = undefined
    link.focus({ preventScroll: true })
    // Taller rows than expected, as in large type, are where the browser says, and the head does not cover them.
    link.closest('tr')?.scrollIntoView({ block: 'nearest' })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    if (event.key === ' ' && onToggle && active < loaded) {
      event.preventDefault()
      return onToggle(active)
    }
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey || loaded === 0) return
    event.preventDefault()
    const next = Math.min(Math.max(step(active, loaded - 1), 0), loaded - 1)
    wanted.current = next
    setActive(next)
    if (!linkOf(next)) scrollTo(next)
    if (event.shiftKey && onExtend) onExtend(next)
  }
  // Scrolled away from the active row, Tab still finds the list.
  const stop = indexes.includes(active) && active < loaded ? active : indexes[Math.min(10, indexes.length - 1)]
  const linkProps = (index: number): RowLinkProps => ({
    tabIndex: index === stop ? 0 : -1,
    'data-row': index,
    onFocus: () => setActive(index),
  })
  return { onKeyDown, linkProps }
}
