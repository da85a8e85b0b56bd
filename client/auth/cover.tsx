/** Over a page whose session has ended: nothing of it can be read, and it stays as it is for its person. */
import { Button } from '@mantine/core'
import type { RouterHistory } from '@tanstack/react-router'
import { CatchBoundary } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useId, useLayoutEffect } from 'react'
import { createPortal } from 'react-dom'
import { useMessages } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { coverClass, useIsSignedOut } from '../signed-out.ts'
import { Empty } from '../ui/empty.tsx'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import './cover.css'
import { startOver } from './start-over.ts'

const SignInAgain = lazy(part(() => import('./sign-in-again.tsx')))

/** Visibility keeps each scroll position and table as it is, which leaving out the page would not. */
function useHiddenPage(): void {
  useLayoutEffect(() => {
    document.documentElement.dataset.covered = ''
    return () => void delete document.documentElement.dataset.covered
  }, [])
}

const steps = new Set(['BACK', 'FORWARD', 'GO'])
function useStayingHere(history: RouterHistory): void {
  useEffect(() => history.block({ blockerFn: ({ action }) => steps.has(action), enableBeforeUnload: false }), [history])
}

/** Where the part with the form cannot be fetched. */
function SignInElsewhere({ titleId }: { titleId: string }) {
  const { ended } = useMessages()
  return (
    <main>
      <Empty isPage titleId={titleId} title={ended.title} hint={ended.hint}>
        <Button onClick={startOver}>{ended.signIn}</Button>
      </Empty>
    </main>
  )
}

function Covering({ history }: { history: RouterHistory }) {
  const titleId = useId()
  useReturnedFocus()
  useHiddenPage()
  useStayingHere(history)
  return (
    <div
      className={coverClass}
      role="dialog"
      aria-modal="true"
      aria-labelledby={titleId}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <CatchBoundary getResetKey={() => titleId} errorComponent={() => <SignInElsewhere titleId={titleId} />}>
        <Suspense>
          <SignInAgain titleId={titleId} />
        </Suspense>
      </CatchBoundary>
    </div>
  )
}

export function Cover({ history }: { history: RouterHistory }) {
  return useIsSignedOut() && createPortal(<Covering history={history} />, document.body)
}
