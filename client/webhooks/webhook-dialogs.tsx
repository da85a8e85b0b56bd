import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { Failure, Section } from '../ui/page.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { toast } from '../ui/toast.tsx'
import { ToldOnce } from '../ui/told-once.tsx'
import { WebhookForm } from './webhook-form.tsx'
import type { Webhook } from './webhook-status.tsx'
import { webhookWords } from './webhook-words.ts'

interface OfWebhook {
  webhook: Webhook
  onDone(): void
}

export function SecretNotice({ secret }: { secret: string }) {
  const { made: words } = useWords(webhookWords)
  return (
    <ToldOnce heading="h3" words={words} secret={secret}>
      <p>{words.hint}</p>
    </ToldOnce>
  )
}

export function AddWebhook() {
  const messages = useMessages()
  const { add: words } = useWords(webhookWords)
  const trpc = useTrpc()
  const create = useMutation(trpc.webhooks.create.mutationOptions())
  return (
    <Section title={words.title}>
      {create.data && <SecretNotice secret={create.data.secret} />}
      <WebhookForm
        // What was added leaves an empty form behind.
        key={create.data?.id ?? ''}
        id="webhook"
        submitLabel={words.submit}
        failure={create.error && sentenceOf(create.error, messages)}
        isBusy={create.isPending}
        onSubmit={(values) => create.mutate(values)}
      />
    </Section>
  )
}

export function ChangeWebhook({ webhook, onDone }: OfWebhook) {
  const messages = useMessages()
  const { change: words } = useWords(webhookWords)
  const trpc = useTrpc()
  const { id, version, name, url, entities } = webhook
  const update = useMutation(trpc.webhooks.update.mutationOptions({ onSuccess: onDone }))
  return (
    <Section title={words.title(name)}>
      <WebhookForm
        id="webhook"
        first={{ name, url, entities }}
        submitLabel={words.submit}
        failure={update.error && sentenceOf(update.error, messages)}
        isBusy={update.isPending}
        onSubmit={(values) => update.mutate({ id, version, ...values })}
      >
        <Button variant="default" size="sm" onClick={onDone}>
          {messages.cancel}
        </Button>
      </WebhookForm>
    </Section>
  )
}

export function RotateWebhook({ webhook: { id, name, version }, onDone }: OfWebhook) {
  const messages = useMessages()
  const { rotate: words } = useWords(webhookWords)
  const trpc = useTrpc()
  const rotate = useMutation(trpc.webhooks.rotate.mutationOptions())
  return (
    <Section title={words.title(name)}>
      <p className="dim access-intro">{words.intro}</p>
      <Failure>{rotate.error && sentenceOf(rotate.error, messages)}</Failure>
      {rotate.data && <SecretNotice secret={rotate.data.secret} />}
      <div className="webhook-buttons">
        {!rotate.data && (
          <Button size="sm" loading={rotate.isPending} onClick={() => rotate.mutate({ id, version })}>
            {words.submit}
          </Button>
        )}
        <Button variant="default" size="sm" onClick={onDone}>
          {rotate.data ? words.done : messages.cancel}
        </Button>
      </div>
    </Section>
  )
}

export function ReplayWebhook({ webhook, onDone }: OfWebhook) {
  const messages = useMessages()
  const { replay: words } = useWords(webhookWords)
  const trpc = useTrpc()
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const { id, version, name } = webhook
  const replay = useMutation(
    trpc.webhooks.replay.mutationOptions({
      onSuccess: () => {
        toast(words.done)
        onDone()
      },
    }),
  )
  const isNumber = /^\d{1,12}$/.test(text.trim())
  const submit = () => {
    setTried(true)
    if (isNumber) replay.mutate({ id, version, after: Number(text.trim()) })
  }
  return (
    <ShortDialog
      title={words.title(name)}
      submitLabel={words.submit}
      isBusy={replay.isPending}
      failure={replay.error && sentenceOf(replay.error, messages)}
      onSubmit={submit}
      onClose={onDone}
    >
      <p className="dim">{words.intro(webhook.position ?? 0)}</p>
      <TextInput
        label={words.after}
        inputMode="numeric"
        autoComplete="off"
        data-autofocus
        value={text}
        error={isTried && !isNumber && words.invalid}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </ShortDialog>
  )
}
