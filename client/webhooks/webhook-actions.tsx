import { ActionIcon, Button, Menu } from '@mantine/core'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import type { Webhook } from './webhook-status.tsx'
import { webhookWords } from './webhook-words.ts'

export type Doing = 'change' | 'rotate' | 'replay'

interface WebhookActionsProps {
  webhook: Webhook
  /** Of the element that says its name. */
  nameId: string
  onDo(doing: Doing): void
}
export function WebhookActions({ webhook, nameId, onDo }: WebhookActionsProps) {
  const messages = useMessages()
  const { list: words } = useWords(webhookWords)
  const trpc = useTrpc()
  const id = useId()
  const failed = { onError: (error: unknown) => toast(sentenceOf(error, messages)) }
  const pause = useMutation(trpc.webhooks.pause.mutationOptions(failed))
  const resume = useMutation(trpc.webhooks.resume.mutationOptions(failed))
  const archive = useMutation(
    trpc.webhooks.archive.mutationOptions({ ...failed, onSuccess: () => toast(words.archived) }),
  )
  const test = useMutation(
    trpc.webhooks.test.mutationOptions({
      ...failed,
      onSuccess: ({ problem, status: code, ms }) => toast(problem ? words.refused(problem, code) : words.tested(ms)),
    }),
  )
  const seen = { id: webhook.id, version: webhook.version }
  const isOn = webhook.state === 'on' && webhook.isSentHere
  const turn = isOn ? pause : resume
  return (
    <div className="access-actions">
      <Button
        id={`${id}-turn`}
        variant="default"
        disabled={turn.isPending}
        aria-labelledby={`${id}-turn ${nameId}`}
        onClick={() => turn.mutate(seen)}
      >
        {isOn ? words.pause : words.resume}
      </Button>
      <Button
        id={`${id}-test`}
        variant="default"
        loading={test.isPending}
        aria-labelledby={`${id}-test ${nameId}`}
        onClick={() => test.mutate({ id: webhook.id })}
      >
        {words.test}
      </Button>
      <Menu position="bottom-end" width={200} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={words.more(webhook.name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onDo('change')}>{words.change}</Menu.Item>
          <Menu.Item onClick={() => onDo('rotate')}>{words.rotate}</Menu.Item>
          <Menu.Item onClick={() => onDo('replay')}>{words.replay}</Menu.Item>
          <Menu.Item onClick={() => archive.mutate(seen)}>{words.archive}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
