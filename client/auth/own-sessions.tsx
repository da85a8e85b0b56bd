import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { refreshed } from '../refresh/link.ts'
import { register } from '../session.ts'
import type { Outputs } from '../trpc.ts'
import { Section, Waiting } from '../ui/page.tsx'
import { toast } from '../ui/toast.tsx'
import './account.css'
import { accountWords } from './account-words.ts'
import { browserName } from './browser-name.ts'

type OwnSession = Outputs['session']['list'][number]

function useRevoking() {
  const messages = useMessages()
  const words = useWords(accountWords)
  const { trpc, queryClient } = register
  const onSettled = () => refreshed(register)
  const onError = (error: unknown) => toast(sentenceOf(error, messages))
  const one = useMutation(
    trpc.session.revoke.mutationOptions({ onError, onSettled, onSuccess: () => toast(words.ended) }),
    queryClient,
  )
  const others = useMutation(
    trpc.session.revokeOthers.mutationOptions({ onError, onSettled, onSuccess: () => toast(words.othersEnded) }),
    queryClient,
  )
  return { end: one.mutate, endOthers: () => others.mutate(), isBusy: one.isPending || others.isPending }
}

interface SessionRowProps {
  session: OwnSession
  isBusy: boolean
  onEnd(): void
}
function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const words = useWords(accountWords)
  const browser = browserName(session.userAgent, words.browserOn) ?? words.unknownBrowser
  const id = useId()
  return (
    <li>
      <div>
        <strong id={`${id}-browser`}>{browser}</strong>
        <p id={`${id}-since`} className="dim">
          {words.since(session.createdAt)}
        </p>
        <p className="dim">{words.lastUsed(session.lastSeenAt)}</p>
      </div>
      {session.isThis ? (
        <span className="dim">{words.isThis}</span>
      ) : (
        <Button
          id={`${id}-end`}
          variant="default"
          disabled={isBusy}
          aria-labelledby={`${id}-end ${id}-browser ${id}-since`}
          onClick={onEnd}
        >
          {words.end}
        </Button>
      )}
    </li>
  )
}

export function OwnSessions() {
  const messages = useMessages()
  const words = useWords(accountWords)
  const { data, error } = useQuery(
    register.trpc.session.list.queryOptions(undefined, { staleTime: 0 }),
    register.queryClient,
  )
  const { end, endOthers, isBusy } = useRevoking()
  return (
    <Section title={words.sessions}>
      {!data && !error && <Waiting lines={3} />}
      {!data && error && (
        <p role="alert">
          {words.failed} {sentenceOf(error, messages)}
        </p>
      )}
      {data && (
        <ul className="own-sessions">
          {data.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isBusy={isBusy}
              onEnd={() => end({ sessionId: session.id })}
            />
          ))}
        </ul>
      )}
      {data && data.length > 1 && (
        <Button variant="default" disabled={isBusy} onClick={endOthers}>
          {words.endOthers}
        </Button>
      )}
    </Section>
  )
}
