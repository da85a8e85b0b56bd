import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import { webhookWords } from './webhook-words.ts'

type Listed = Outputs['webhooks']['list']
export type Webhook = Listed['rows'][number]

function useStateWord(webhook: Webhook): string {
  const { status: words } = useWords(webhookWords)
  const { state, disabledBecause, sentFrom, isSentHere } = webhook
  if (sentFrom === null) return words.unbound
  if (state === 'disabled') return words.disabled[disabledBecause ?? 'failing']
  if (state === 'paused') return words.paused
  return isSentHere ? words.on : words.elsewhere(sentFrom)
}

/** Whether it is told, how the last time went, and how far it is. */
export function WebhookStatus({ webhook }: { webhook: Webhook }) {
  const { status: words } = useWords(webhookWords)
  const state = useStateWord(webhook)
  const { lastProblem, lastStatus, failingSince, nextAt, lastAt, formerUntil, position, sentFrom } = webhook
  const isWell = webhook.state === 'on' && webhook.isSentHere && !lastProblem
  const parts = [
    state,
    lastProblem && words.problem(lastProblem, lastStatus),
    failingSince && words.failingSince(failingSince),
    nextAt && webhook.state === 'on' && words.nextAt(nextAt),
    sentFrom !== null && !lastProblem && (lastAt ? words.lastAt(lastAt) : words.never),
    position !== null && words.position(position),
    formerUntil && Date.parse(formerUntil) > Date.now() && words.formerUntil(formerUntil),
  ]
  return <p className={isWell ? 'dim' : 'access-over'}>{parts.filter(Boolean).join(' · ')}</p>
}
