import type { DrawerProps } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { part } from '../part.ts'

const Drawer = lazy(part(() => import('./drawer.tsx')))

/** A drawer whose code loads when it is first opened: the first screen on a wide window has none. */
export function LaterDrawer(props: DrawerProps) {
  const [isWanted, setWanted] = useState(props.opened)
  if (props.opened && !isWanted) setWanted(true)
  return (
    isWanted && (
      <Suspense>
        <Drawer {...props} />
      </Suspense>
    )
  )
}
