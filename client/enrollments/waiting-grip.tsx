import { Button, VisuallyHidden } from '@mantine/core'
import IconGripVertical from '@tabler/icons-react/dist/esm/icons/IconGripVertical.mjs'
import type { DragEvent, KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { SchoolClass } from '../classes/class-kind.ts'
import { useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { enrollmentWords } from './enrollment-words.ts'
import type { useWaitingOrder } from './use-waiting-order.ts'

type Order = ReturnType<typeof useWaitingOrder>
interface WaitingGripProps {
  one: SchoolClass['roster'][number]
  index: number
  order: Order
}

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 }
/** Which place a drag began at. Another program's drags carry no such type. */
const dragType = 'application/x-homeroom-place'

/** Where one stands in line: dragged, or moved with the arrow keys and saved with Enter. */
export function WaitingGrip({ one, index, order }: WaitingGripProps) {
  const { waitlist: words } = useWords(enrollmentWords)
  const button = useRef<HTMLButtonElement>(null)
  const [isMoving, setMoving] = useState(false)
  const isTried = isMoving && order.isTried
  // A row that is put behind others loses the focus. Once the order is saved, others move it without taking the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each new place
  useEffect(() => {
    if (isTried) button.current?.focus()
  }, [isTried, index])
  const end = (act: () => void) => {
    setMoving(false)
    act()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined && !(order.isTried && (event.key === 'Enter' || event.key === 'Escape'))) return
    event.preventDefault()
    event.stopPropagation()
    if (step !== undefined) {
      setMoving(true)
      order.put(index, index + step)
    } else end(event.key === 'Enter' ? () => order.save(one) : order.cancel)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="grip"
        draggable
        aria-label={words.grip(listName(one))}
        title={words.gripHint}
        onKeyDown={onKeyDown}
        onDragStart={(event) => event.dataTransfer.setData(dragType, String(index))}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <VisuallyHidden role="status">{isTried && words.at(fullName(one), index + 1, order.shown.length)}</VisuallyHidden>
    </>
  )
}

/** What a row needs to take one that is dropped on it. */
export const useDropOn = (order: Order) => (index: number) => ({
  onDragOver(event: DragEvent) {
    if (event.dataTransfer.types.includes(dragType)) event.preventDefault()
  },
  onDrop(event: DragEvent) {
    const from = Number(event.dataTransfer.getData(dragType) || Number.NaN)
    if (!order.shown[from] || from === index) return
    event.preventDefault()
    order.drop(from, index)
  },
})

/** An order that is not saved yet. */
export function TriedOrder({ order }: { order: Order }) {
  const { waitlist: words } = useWords(enrollmentWords)
  return (
    <div className="roster-bar">
      <Button variant="default" loading={order.isBusy} onClick={() => order.save()}>
        {words.saveOrder}
      </Button>
      <Button variant="subtle" color="gray" onClick={order.cancel}>
        {words.oldOrder}
      </Button>
    </div>
  )
}
