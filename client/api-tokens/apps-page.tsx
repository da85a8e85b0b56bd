import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { serviceRoles } from '../../server/members/input.ts'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { TokenForm } from './token-form.tsx'
import type { Token } from './token-list.tsx'
import { TokenList } from './token-list.tsx'
import { TokenNotice } from './token-notice.tsx'
import { tokenWords } from './token-words.ts'

type ServiceRole = (typeof serviceRoles)[number]

function NewService() {
  const messages = useMessages()
  const { service: words } = useWords(tokenWords)
  const trpc = useTrpc()
  const [role, setRole] = useState<ServiceRole>('viewer')
  const { data: offered } = useQuery(trpc.apiTokens.scopes.queryOptions())
  const create = useMutation(trpc.apiTokens.createService.mutationOptions())
  return (
    <Section title={words.title}>
      <p className="dim access-intro">{words.intro}</p>
      {create.data && <TokenNotice token={create.data.token} />}
      {offered && (
        <TokenForm
          // What was made leaves an empty form behind.
          key={create.data?.id ?? ''}
          id="service"
          offered={offered[role]}
          nameHint={words.nameHint}
          submitLabel={words.submit}
          failure={create.error && sentenceOf(create.error, messages)}
          isBusy={create.isPending}
          onSubmit={(values) => create.mutate({ ...values, role })}
        >
          <NativeSelect
            id="service-role"
            className="whole"
            label={words.role}
            description={words.roleHints[role]}
            data={serviceRoles.map((one) => ({ value: one, label: messages.roles[one] }))}
            value={role}
            onChange={({ currentTarget }) => setRole(currentTarget.value as ServiceRole)}
          />
        </TokenForm>
      )}
    </Section>
  )
}

/** The one that ends works beside it, so that the app is never shut out. */
function AnotherToken({ of, onDone }: { of: Token; onDone(): void }) {
  const messages = useMessages()
  const { another: words } = useWords(tokenWords)
  const trpc = useTrpc()
  const { data: offered } = useQuery(trpc.apiTokens.scopes.queryOptions())
  const create = useMutation(trpc.apiTokens.create.mutationOptions())
  const { memberId, memberName, role } = of
  return (
    <Section title={words.title(memberName)}>
      <p className="dim access-intro">{words.intro}</p>
      {create.data && <TokenNotice token={create.data.token} />}
      {offered && !create.data && (
        <TokenForm
          id="another"
          offered={role === 'registrar' ? offered.registrar : offered.viewer}
          first={of.scopes}
          nameHint={words.nameHint}
          submitLabel={words.submit}
          failure={create.error && sentenceOf(create.error, messages)}
          isBusy={create.isPending}
          onSubmit={(values) => create.mutate({ ...values, memberId })}
        />
      )}
      <Button className="token-done" variant="default" onClick={onDone}>
        {create.data ? words.done : words.leave}
      </Button>
    </Section>
  )
}

/** Which apps come into the school, as whom, and a new one. */
export function AppsPage() {
  const { page: words } = useWords(tokenWords)
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const [renewed, setRenewed] = useState<Token | null>(null)
  const { data, error } = useQuery(trpc.apiTokens.list.queryOptions())
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <Link to="/$school/members" params={{ school: slug }} className="back">
        <BackLabel>{words.back}</BackLabel>
      </Link>
      <PageHead title={words.title} aside={data && <span className="dim digits">{words.count(data.length)}</span>} />
      <p className="dim access-intro">
        {words.webhooksHint}{' '}
        <Link to="/$school/members/webhooks" params={{ school: slug }}>
          {words.webhooks}
        </Link>
      </p>
      <div className="columns">
        <Section title={words.tokens}>
          {data && (
            <TokenList
              tokens={data}
              onAnother={setRenewed}
              ownerOf={({ isService, memberName, name: own }) =>
                isService && memberName === own ? words.isApp : words.of(memberName)
              }
            />
          )}
          {!data && error && <NotRead title={words.failed} error={error} />}
          {!data && !error && <Waiting lines={4} />}
        </Section>
        {renewed ? <AnotherToken key={renewed.id} of={renewed} onDone={() => setRenewed(null)} /> : <NewService />}
      </div>
    </div>
  )
}
