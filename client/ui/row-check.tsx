import type { MouseEvent } from 'react'
import { useEffect, useRef } from 'react'

/** What a table needs to have its rows chosen. */
export interface RowChoice<Row> {
  isChosen(row: Row): boolean
  /** For those who hear it: 'Select Abara, Amara'. */
  labelOf(row: Row): string
  allLabel: string
  all: 'none' | 'some' | 'all'
  onToggle(index: number, withRange: boolean): void
  /** By Shift and an arrow, from where the last choice was made. */
  onExtend(index: number): void
  onToggleAll(): void
  /** A tap anywhere on the row chooses it. */
  isByTap: boolean
}

interface RowCheckProps {
  label: string
  isChosen: boolean
  onToggle(withRange: boolean): void
  /** In the Tab order, where the row has no link: on a link, Space chooses the row. */
  isStop?: boolean
}

export const RowCheck = ({ label, isChosen, onToggle, isStop = false }: RowCheckProps) => (
  <label className="row-check">
    <input
      type="checkbox"
      className="check"
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      checked={isChosen}
      onChange={() => {}}
      onClick={(event: MouseEvent) => onToggle(event.shiftKey)}
    />
  </label>
)

interface HeadCheckProps {
  label: string
  all: 'none' | 'some' | 'all'
  onToggle(): void
}

export function HeadCheck({ label, all, onToggle }: HeadCheckProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.indeterminate = all === 'some'
  }, [all])
  return (
    <label className="row-check">
      <input
        ref={input}
        type="checkbox"
        className="check"
        aria-label={label}
        checked={all === 'all'}
        onChange={onToggle}
      />
    </label>
  )
}
