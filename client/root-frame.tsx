/** What surrounds every page, and the pages for when there is none. */
import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link, Outlet } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { isMissingPart, mayRenew, renew, useConnection } from './connection.ts'
import { sentenceOf } from './errors.ts'
import { useMessages } from './messages/messages.tsx'
import { Empty } from './ui/empty.tsx'
import { Waiting } from './ui/page.tsx'
import { Toasts } from './ui/toast.tsx'
import { usePageTitle } from './ui/use-page-title.ts'

export function RootFrame() {
  const { close } = useMessages()
  return (
    <>
      <Outlet />
      <Toasts closeLabel={close} />
    </>
  )
}

/** Before the server has said who is signed in; when it does not answer, that is said. */
export function StartingPage() {
  const { connection } = useMessages()
  const { answers, online } = useConnection()
  if (answers && online) return <Waiting />
  return (
    <main>
      <Empty isPage title={connection.reconnecting} hint={online ? connection.starting : connection.noNetwork} />
    </main>
  )
}

export function NotFoundPage() {
  const { errors } = useMessages()
  usePageTitle(errors.notFound)
  return (
    <main>
      <Empty isPage title={errors.notFound} hint={errors.notFoundHint}>
        <Link to="/">{errors.toFront}</Link>
      </Empty>
    </main>
  )
}

/** A page that broke, or whose first data never came. Where a part of it is gone after a deploy, the new version comes. */
export function FailedPage({ error }: ErrorComponentProps) {
  const messages = useMessages()
  const [isRenewed] = useState(() => isMissingPart(error) && mayRenew())
  usePageTitle(isRenewed ? undefined : messages.errors.title)
  const { answers } = useConnection()
  useEffect(() => {
    if (isRenewed && answers) void renew()
  }, [isRenewed, answers])
  if (isRenewed) return <StartingPage />
  return (
    <main>
      <Empty isPage title={messages.errors.title} hint={sentenceOf(error, messages)}>
        <Button variant="default" onClick={() => location.reload()}>
          {messages.errors.reload}
        </Button>
      </Empty>
    </main>
  )
}
