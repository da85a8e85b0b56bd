import type { ComponentType, ReactElement } from 'react'
import { cloneElement, useState } from 'react'
import { renew } from '../connection.ts'
import { part } from '../part.ts'
import type { LoadedMenuProps } from './loaded-menu.tsx'

interface LateMenuProps<P> extends Pick<LoadedMenuProps, 'width' | 'isLeft' | 'isTall'> {
  /** A button of any look. */
  button: ReactElement<Record<string, unknown>>
  /** What the menu holds, from a file of its own. */
  items(): Promise<ComponentType<P>>
  itemProps: P
}
interface Loaded<P> {
  Menu: ComponentType<LoadedMenuProps>
  Items: ComponentType<P>
}

async function load<P>(items: LateMenuProps<P>['items']): Promise<Loaded<P>> {
  const [{ LoadedMenu }, Items] = await Promise.all([part(() => import('./loaded-menu.tsx'))(), items()])
  return { Menu: LoadedMenu, Items }
}

/**
 * A button and its menu, which is loaded when somebody is about to open it: the kit's menus are a tenth of what the first
 * screen may weigh. Not by `React.lazy`, which would hold the opening back for a third of a second.
 */
export function LateMenu<P extends object>({ button, items, itemProps, ...look }: LateMenuProps<P>) {
  const [loaded, setLoaded] = useState<Loaded<P> | null>(null)
  const soon = () => void load(items).catch(() => {})
  // A part that is gone after a deploy comes with the new version.
  const open = () => void load(items).then(setLoaded, () => void renew())
  if (!loaded)
    return cloneElement(button, {
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      onPointerEnter: soon,
      onFocus: soon,
      onClick: open,
    })
  const { Menu, Items } = loaded
  return (
    <Menu button={button} {...look}>
      <Items {...itemProps} />
    </Menu>
  )
}
