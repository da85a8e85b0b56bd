import type { DrawerProps } from '@mantine/core'
import { Drawer } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Closed at first, even if wanted open: only what opens remembers where the focus was. */
export default function OpeningDrawer({ opened, ...props }: DrawerProps) {
  const [isHere, setHere] = useState(false)
  useEffect(() => setHere(true), [])
  return <Drawer opened={opened && isHere} {...props} />
}
