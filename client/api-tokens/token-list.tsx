import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { toast } from '../ui/toast.tsx'
import '../ui/access-list.css'
import './api-tokens.css'
import { tokenWords } from './token-words.ts'

export type Token = Outputs['apiTokens']['list'][number]
type Scope = Outputs['apiTokens']['scopes']['own'][number]

interface TokenRowProps {
  token: Token
  /** Whose it is, where several people's stand together. */
  owner?: string | undefined
  isBusy: boolean
  onRevoke(): void
  onAnother?: (() => void) | undefined
}
function TokenRow({ token, owner, isBusy, onRevoke, onAnother }: TokenRowProps) {
  const { list: words, scopes } = useWords(tokenWords)
  const id = useId()
  const named = token.scopes.map((scope) => scopes[scope as Scope] ?? scope)
  return (
    <li>
      <div>
        <strong id={`${id}-name`}>{token.name}</strong>
        {owner && <span className="dim"> {owner}</span>}
        <p className="dim">{named.join(' · ')}</p>
        <p className={token.isExpired ? 'access-over' : 'dim'}>
          {token.isExpired ? words.isOver(token.expiresAt) : words.until(token.expiresAt)}
          {' · '}
          {token.lastUsedAt ? words.lastUsed(token.lastUsedAt) : words.neverUsed}
        </p>
        {/* A server of the release before tells of none. */}
        {(token.going ?? []).map((use) => (
          <p key={use.name} className="access-going">
            <code>{use.name}</code> {words.goes(use)}
          </p>
        ))}
      </div>
      <div className="access-actions">
        {onAnother && (
          <Button
            id={`${id}-another`}
            variant="default"
            aria-labelledby={`${id}-another ${id}-name`}
            onClick={onAnother}
          >
            {words.another}
          </Button>
        )}
        <Button
          id={`${id}-revoke`}
          variant="default"
          disabled={isBusy}
          aria-labelledby={`${id}-revoke ${id}-name`}
          onClick={onRevoke}
        >
          {words.revoke}
        </Button>
      </div>
    </li>
  )
}

interface TokenListProps {
  tokens: readonly Token[]
  ownerOf?: (token: Token) => string
  /** Another token is made for the same app, before this one ends. */
  onAnother?: (token: Token) => void
}
/** A revoked token opens nothing from the answer on, so nobody is asked first: another is made in a minute. */
export function TokenList({ tokens, ownerOf, onAnother }: TokenListProps) {
  const messages = useMessages()
  const { list: words } = useWords(tokenWords)
  const trpc = useTrpc()
  const revoke = useMutation(
    trpc.apiTokens.revoke.mutationOptions({
      onError: (error) => toast(sentenceOf(error, messages)),
      onSuccess: () => toast(words.revoked),
    }),
  )
  if (!tokens.length) return <p className="dim">{words.none}</p>
  return (
    <ul className="access-list">
      {tokens.map((token) => (
        <TokenRow
          key={token.id}
          token={token}
          owner={ownerOf?.(token)}
          isBusy={revoke.isPending}
          onAnother={onAnother && token.isService ? () => onAnother(token) : undefined}
          onRevoke={() => revoke.mutate({ id: token.id })}
        />
      ))}
    </ul>
  )
}
