import { ActionIcon, Drawer } from '@mantine/core'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useIsNarrow } from './use-is-narrow.ts'

interface SidePanelProps {
  label: string
  /** Undefined while it is not known yet. */
  title: string | undefined
  closeLabel: string
  onClose(): void
  children: ReactNode
}

/** Escape closes it, from the list too. Its title takes the focus, so that a screen reader reads it out. */
function BesideList({ label, title, closeLabel, onClose, children }: SidePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (title) heading.current?.focus({ preventScroll: true })
  }, [title])
  const close = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <aside className="panel" aria-label={label} onKeyDown={close}>
      <div className="panel-head">
        {title === undefined ? (
          <span className="panel-title" />
        ) : (
          <h2 ref={heading} tabIndex={-1} className="panel-title">
            {title}
          </h2>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label={closeLabel} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      {children}
    </aside>
  )
}

/** One record of a list: beside it, or over it on a phone. */
export function SidePanel(props: SidePanelProps) {
  const isNarrow = useIsNarrow()
  if (!isNarrow) return <BesideList {...props} />
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="right"
      size="100%"
      title={props.title ?? props.label}
      closeButtonProps={{ 'aria-label': props.closeLabel }}
    >
      {props.children}
    </Drawer>
  )
}
