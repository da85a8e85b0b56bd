import { Button } from '@mantine/core'
import { useMessages } from '../messages/messages.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'

/** On a phone, where rows have no box to tick until somebody wants to choose some. */
export function SelectButton({ onSelect }: { onSelect: (() => void) | undefined }) {
  const { lists } = useMessages()
  const isNarrow = useIsNarrow()
  if (!isNarrow || !onSelect) return null
  return (
    <Button variant="default" onClick={onSelect}>
      {lists.selectMode}
    </Button>
  )
}
