import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconFilter from '@tabler/icons-react/dist/esm/icons/IconAdjustmentsHorizontal.mjs'
import type { ReactNode } from 'react'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { LaterDrawer } from '../ui/later-drawer.tsx'

interface FilterSheetProps {
  count: number
  /** 'Show students': the way back to the list. */
  showLabel: string
  onClear(): void
  children: ReactNode
}

/** On a phone: the filters of a list, in a sheet from below. */
export function FilterSheet({ count, showLabel, onClear, children }: FilterSheetProps) {
  const { lists, close } = useMessages()
  const { number } = useFormats()
  const [isOpen, { open, close: shut }] = useDisclosure(false)
  return (
    <>
      <Button
        className="sheet-button"
        variant="default"
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={open}
      >
        <span className="sheet-word">{lists.setFilters(count)}</span>
        {count > 0 && (
          <span className="sheet-count digits" aria-hidden>
            {number(count)}
          </span>
        )}
      </Button>
      <LaterDrawer
        opened={isOpen}
        onClose={shut}
        position="bottom"
        size="auto"
        title={lists.filtersTitle}
        closeButtonProps={{ 'aria-label': close }}
        styles={{ content: { height: 'auto', maxHeight: '90dvh' } }}
      >
        <div className="sheet">
          {children}
          {count > 0 && (
            <Button variant="default" onClick={onClear}>
              {lists.clearFilters}
            </Button>
          )}
          <Button onClick={shut}>{showLabel}</Button>
        </div>
      </LaterDrawer>
    </>
  )
}
