import { Outlet } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import { useLive } from '../live/use-live.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { SignedIn } from '../session.ts'
import { UndoKeysLater } from '../undo/undo-keys-later.tsx'
import { Places } from './places.tsx'
import './shell.css'
import { Strips } from './strips.tsx'
import { TopBar } from './top-bar.tsx'

/** Followed, the link would take the place of what the address holds after its `#`. */
function skip(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** The frame of every screen in a school: bar above, places at the left, the page. */
export function Shell({ person }: { person: SignedIn }) {
  const { shell } = useMessages()
  useLive(useSchool(), person.userId)
  return (
    <div className="shell">
      {/* biome-ignore lint/a11y/useValidAnchor: it goes to a place in the page */}
      <a href="#main" className="skip" onClick={skip}>
        {shell.skip}
      </a>
      <TopBar person={person} />
      <UndoKeysLater />
      <nav className="places" aria-label={shell.main}>
        <Places />
      </nav>
      <main id="main" tabIndex={-1}>
        <Strips />
        <Outlet />
      </main>
    </div>
  )
}
