import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconMenu from '@tabler/icons-react/dist/esm/icons/IconMenu2.mjs'
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs'
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs'
import { Link } from '@tanstack/react-router'
import { useConnection } from '../connection.ts'
import { HelpButton } from '../help/help-button.tsx'
import markUrl from '../mark.svg'
import { useMessages } from '../messages/messages.tsx'
import { PaletteButton } from '../palette/palette-button.tsx'
import type { SignedIn } from '../session.ts'
import { LaterDrawer } from '../ui/later-drawer.tsx'
import { Status } from '../ui/status.tsx'
import { PersonMenu } from './person-menu.tsx'
import { Places } from './places.tsx'
import { SchoolMenu } from './school-menu.tsx'

function ConnectionState() {
  const { connection } = useMessages()
  const { answers, online, isHeard } = useConnection()
  const [tone, word] = !online
    ? (['bad', connection.offline] as const)
    : answers && isHeard
      ? (['ok', connection.connected] as const)
      : (['warn', connection.reconnecting] as const)
  return (
    <span className="link-state only-wide">
      <Status tone={tone}>{word}</Status>
    </span>
  )
}

function SchemeToggle() {
  const { shell } = useMessages()
  const { setColorScheme } = useMantineColorScheme()
  const isDark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const Icon = isDark ? IconSun : IconMoon
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={isDark ? shell.useLight : shell.useDark}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      <Icon size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  )
}

function PlacesDrawer() {
  const { shell, close } = useMessages()
  const [isOpen, { open, close: shut }] = useDisclosure(false)
  return (
    <span className="only-narrow">
      <ActionIcon variant="subtle" color="gray" size={44} aria-label={shell.menu} aria-expanded={isOpen} onClick={open}>
        <IconMenu size={20} aria-hidden />
      </ActionIcon>
      <LaterDrawer
        opened={isOpen}
        onClose={shut}
        size={280}
        title={shell.menu}
        closeButtonProps={{ 'aria-label': close }}
      >
        <nav className="in-drawer" aria-label={shell.main}>
          <Places onGo={shut} />
        </nav>
      </LaterDrawer>
    </span>
  )
}

export function TopBar({ person }: { person: SignedIn }) {
  const { app } = useMessages()
  return (
    <header className="top-bar">
      <PlacesDrawer />
      <Link to="/" className="mark only-wide">
        <img src={markUrl} alt="" width={22} height={22} />
        {app}
      </Link>
      <SchoolMenu hasOthers={person.schools.length > 1} />
      <PaletteButton />
      <ConnectionState />
      <HelpButton />
      <SchemeToggle />
      <PersonMenu person={person} />
    </header>
  )
}
