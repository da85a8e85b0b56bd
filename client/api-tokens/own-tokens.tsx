import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { Section, Waiting } from '../ui/page.tsx'
import { TokenForm } from './token-form.tsx'
import { TokenList } from './token-list.tsx'
import { TokenNotice } from './token-notice.tsx'
import { tokenWords } from './token-words.ts'

/** Tokens of apps that come into this school as oneself. */
export function OwnTokens() {
  const messages = useMessages()
  const { own: words, form } = useWords(tokenWords)
  const trpc = useTrpc()
  const [isOpen, setOpen] = useState(false)
  const { data, error } = useQuery(trpc.apiTokens.mine.queryOptions())
  const { data: offered } = useQuery(trpc.apiTokens.scopes.queryOptions(undefined, { enabled: isOpen }))
  const create = useMutation(trpc.apiTokens.create.mutationOptions({ onSuccess: () => setOpen(false) }))
  return (
    <Section title={words.title}>
      <p className="dim access-intro">
        {words.intro} <a href="/openapi">{words.more}</a>
      </p>
      {create.data && !isOpen && <TokenNotice token={create.data.token} />}
      {!data && !error && <Waiting lines={2} />}
      {!data && error && <p role="alert">{sentenceOf(error, messages)}</p>}
      {data && <TokenList tokens={data} />}
      {isOpen && offered && (
        <TokenForm
          id="own-token"
          offered={offered.own}
          nameHint={form.nameHint}
          submitLabel={form.submit}
          failure={create.error && sentenceOf(create.error, messages)}
          isBusy={create.isPending}
          onSubmit={(values) => create.mutate(values)}
        />
      )}
      {!isOpen && (
        <Button variant="default" onClick={() => setOpen(true)}>
          {words.make}
        </Button>
      )}
    </Section>
  )
}
