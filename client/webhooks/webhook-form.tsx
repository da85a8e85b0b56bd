import { Checkbox, TextInput } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useState } from 'react'
import type { EventEntity } from '../../server/webhooks/input.ts'
import { createWebhookInput, eventEntities } from '../../server/webhooks/input.ts'
import { useWords } from '../messages/messages.tsx'
import '../ui/form.css'
import { Failure } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { webhookWords } from './webhook-words.ts'

export interface WebhookValues {
  name: string
  url: string
  entities: EventEntity[]
}

interface EntitiesProps {
  chosen: readonly EventEntity[]
  onChange(chosen: EventEntity[]): void
}
function Entities({ chosen, onChange }: EntitiesProps) {
  const { form: words, kindTitle } = useWords(webhookWords)
  const isAll = chosen.length === eventEntities.length
  const without = (entity: EventEntity) => chosen.filter((one) => one !== entity)
  return (
    <fieldset className="webhook-kinds">
      <legend>{words.entities}</legend>
      <Checkbox
        label={words.all}
        checked={isAll}
        indeterminate={!isAll && chosen.length > 0}
        onChange={() => onChange(isAll ? [] : [...eventEntities])}
      />
      {eventEntities.map((entity) => (
        <Checkbox
          key={entity}
          label={kindTitle(entity)}
          checked={chosen.includes(entity)}
          onChange={({ currentTarget }) => onChange([...without(entity), ...(currentTarget.checked ? [entity] : [])])}
        />
      ))}
    </fieldset>
  )
}

const { url: address } = createWebhookInput.shape
const empty: WebhookValues = { name: '', url: '', entities: [] }

interface WebhookFormProps {
  id: string
  first?: WebhookValues
  submitLabel: string
  failure?: string | null | undefined
  isBusy: boolean
  children?: ReactNode
  onSubmit(values: WebhookValues): void
}
/** What listens where, and what it is told of. */
export function WebhookForm({ id, first = empty, submitLabel, failure, isBusy, children, onSubmit }: WebhookFormProps) {
  const { form: words } = useWords(webhookWords)
  const [values, setValues] = useState(first)
  const [isTried, setTried] = useState(false)
  const wrong = {
    name: !values.name.trim() && words.nameMissing,
    url: !address.safeParse(values.url).success && words.urlInvalid,
    entities: !values.entities.length && words.entitiesMissing,
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong.name || wrong.url) document.getElementById(`${id}-${wrong.name ? 'name' : 'url'}`)?.focus()
    else if (!wrong.entities) onSubmit(values)
  }
  const isComplete = !wrong.name && !wrong.url
  return (
    <form className="form webhook-form" noValidate onSubmit={submit}>
      <Failure>{failure ?? (isTried && isComplete && wrong.entities ? wrong.entities : null)}</Failure>
      <fieldset>
        <TextInput
          id={`${id}-name`}
          label={words.name}
          description={words.nameHint}
          maxLength={100}
          autoComplete="off"
          value={values.name}
          error={isTried && wrong.name}
          onChange={({ currentTarget }) => setValues({ ...values, name: currentTarget.value })}
        />
        <TextInput
          id={`${id}-url`}
          className="whole"
          label={words.url}
          description={words.urlHint}
          type="url"
          maxLength={1_000}
          autoComplete="off"
          value={values.url}
          error={isTried && wrong.url}
          onChange={({ currentTarget }) => setValues({ ...values, url: currentTarget.value })}
        />
      </fieldset>
      <Entities chosen={values.entities} onChange={(entities) => setValues({ ...values, entities })} />
      <div className="webhook-buttons">
        <SubmitButton loading={isBusy}>{submitLabel}</SubmitButton>
        {children}
      </div>
    </form>
  )
}
