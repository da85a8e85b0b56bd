import { Menu } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

export interface LoadedMenuProps {
  button: ReactElement
  width?: number
  /** Below the button's left end instead of its right one. */
  isLeft?: boolean
  /** May be longer than the screen, and scrolls. */
  isTall?: boolean
  children: ReactNode
}

/** Starts open: the press of the button loads it. */
export const LoadedMenu = ({ button, width, isLeft = false, isTall = false, children }: LoadedMenuProps) => (
  <Menu defaultOpened position={isLeft ? 'bottom-start' : 'bottom-end'} {...(width !== undefined && { width })}>
    <Menu.Target>{button}</Menu.Target>
    <Menu.Dropdown {...(isTall && { mah: '70dvh', style: { overflow: 'auto' } })}>{children}</Menu.Dropdown>
  </Menu>
)
