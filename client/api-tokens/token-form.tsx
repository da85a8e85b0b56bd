import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import type { Outputs } from '../trpc.ts'
import '../ui/form.css'
import { Failure } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import '../ui/access-list.css'
import './api-tokens.css'
import { tokenWords } from './token-words.ts'

type Scope = Outputs['apiTokens']['scopes']['own'][number]
export interface TokenValues {
  name: string
  scopes: Scope[]
  days: number
}
const daysOffered = [30, 90, 180, 365]

interface ScopesProps {
  title: string
  offered: readonly Scope[]
  chosen: readonly Scope[]
  onChange(scopes: Scope[]): void
}
function Scopes({ title, offered, chosen, onChange }: ScopesProps) {
  const { scopes: words } = useWords(tokenWords)
  if (!offered.length) return null
  return (
    <fieldset className="token-scopes">
      <legend>{title}</legend>
      {offered.map((scope) => (
        <Checkbox
          key={scope}
          label={words[scope]}
          checked={chosen.includes(scope)}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
          }
        />
      ))}
    </fieldset>
  )
}

interface TokenFormProps {
  id: string
  offered: readonly Scope[]
  /** Chosen to begin with. */
  first?: readonly string[]
  /** More that is asked, such as a service's role. */
  children?: ReactNode
  nameHint: string
  submitLabel: string
  failure?: string | null | undefined
  isBusy: boolean
  onSubmit(values: TokenValues): void
}
/** What the app is called, what it may do, and for how long. */
export function TokenForm({
  id,
  offered,
  first = [],
  children,
  nameHint,
  submitLabel,
  failure,
  isBusy,
  onSubmit,
}: TokenFormProps) {
  const { form: words } = useWords(tokenWords)
  const [values, setValues] = useState<TokenValues>({
    name: '',
    scopes: offered.filter((scope) => first.includes(scope)),
    days: 90,
  })
  const [isTried, setTried] = useState(false)
  const scopes = values.scopes.filter((scope) => offered.includes(scope))
  const nameMissing = isTried && !values.name.trim() ? words.nameMissing : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!values.name.trim()) document.getElementById(`${id}-name`)?.focus()
    else if (scopes.length) onSubmit({ ...values, scopes })
  }
  const choose = (chosen: Scope[]) => setValues({ ...values, scopes: chosen })
  const isWrite = (scope: Scope) => scope.endsWith('.write')
  return (
    <form className="form token-form" noValidate onSubmit={submit}>
      <Failure>{failure ?? (isTried && !scopes.length && values.name.trim() ? words.scopesMissing : null)}</Failure>
      <fieldset>
        <TextInput
          id={`${id}-name`}
          label={words.name}
          description={nameHint}
          maxLength={100}
          autoComplete="off"
          value={values.name}
          error={nameMissing}
          onChange={({ currentTarget }) => setValues({ ...values, name: currentTarget.value })}
        />
        <NativeSelect
          id={`${id}-days`}
          label={words.lasts}
          description={words.lastsHint}
          data={daysOffered.map((days) => ({ value: String(days), label: words.days(days) }))}
          value={String(values.days)}
          onChange={({ currentTarget }) => setValues({ ...values, days: Number(currentTarget.value) })}
        />
        {children}
      </fieldset>
      <Scopes title={words.reads} offered={offered.filter((one) => !isWrite(one))} chosen={scopes} onChange={choose} />
      <Scopes title={words.writes} offered={offered.filter(isWrite)} chosen={scopes} onChange={choose} />
      <div>
        <SubmitButton loading={isBusy}>{submitLabel}</SubmitButton>
      </div>
    </form>
  )
}
