import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel, Notice, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import type { Doing } from './webhook-actions.tsx'
import { WebhookActions } from './webhook-actions.tsx'
import { AddWebhook, ChangeWebhook, ReplayWebhook, RotateWebhook } from './webhook-dialogs.tsx'
import type { Webhook } from './webhook-status.tsx'
import { WebhookStatus } from './webhook-status.tsx'
import { webhookWords } from './webhook-words.ts'
import '../ui/access-list.css'
import './webhooks.css'

interface WebhookRowProps {
  webhook: Webhook
  onDo(doing: Doing): void
}
function WebhookRow({ webhook, onDo }: WebhookRowProps) {
  const { kindTitle } = useWords(webhookWords)
  const { list } = useFormats()
  const id = useId()
  return (
    <li>
      <div>
        <strong id={id}>{webhook.name}</strong>
        <p className="dim">{webhook.url}</p>
        <p className="dim">{list(webhook.entities.map(kindTitle))}</p>
        <WebhookStatus webhook={webhook} />
      </div>
      <WebhookActions webhook={webhook} nameId={id} onDo={onDo} />
    </li>
  )
}

/** Which addresses are told of changes, and another one. */
export function WebhooksPage() {
  const words = useWords(webhookWords)
  const trpc = useTrpc()
  const { slug, name } = useSchool()
  const [doing, setDoing] = useState<{ what: Doing; id: string } | null>(null)
  const { data, error } = useQuery(trpc.webhooks.list.queryOptions())
  const webhook = data?.rows.find(({ id }) => id === doing?.id)
  const of = webhook && { key: webhook.id, webhook, onDone: () => setDoing(null) }
  const isBeside = doing?.what === 'change' || doing?.what === 'rotate'
  usePageTitle(words.title, name)
  return (
    <div className="page">
      <Link to="/$school/members/apps" params={{ school: slug }} className="back">
        <BackLabel>{words.back}</BackLabel>
      </Link>
      <PageHead title={words.title} />
      <div className="columns">
        <Section title={words.told}>
          <p className="dim access-intro">{words.intro}</p>
          {data && data.from === null && <Notice tone="warn">{words.noAddress}</Notice>}
          {!data && error && <NotRead title={words.failed} error={error} />}
          {!data && !error && <Waiting lines={4} />}
          {data && !data.rows.length && <p className="dim webhook-none">{words.list.none}</p>}
          {data && data.rows.length > 0 && (
            <ul className="access-list">
              {data.rows.map((one) => (
                <WebhookRow key={one.id} webhook={one} onDo={(what) => setDoing({ what, id: one.id })} />
              ))}
            </ul>
          )}
        </Section>
        {of && doing?.what === 'change' && <ChangeWebhook {...of} />}
        {of && doing?.what === 'rotate' && <RotateWebhook {...of} />}
        {of && doing?.what === 'replay' && <ReplayWebhook {...of} />}
        {!(of && isBeside) && <AddWebhook />}
      </div>
    </div>
  )
}
