import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { passwordLength } from '../../server/auth/input.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { area } from '../messages/languages.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { register } from '../session.ts'
import type { Outputs } from '../trpc.ts'
import { Door } from '../ui/door.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { Failure, Waiting } from '../ui/page.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

type Invitation = Outputs['invitation']['get']
const words = area('joining')
const fieldId = (field: string) => `join-${field}`
type Values = { presentPassword: string; password: string }
const refusedAt: Record<string, keyof Values> = {
  'link.has_account': 'presentPassword',
  'password.choose': 'password',
  'password.common': 'password',
  'password.same': 'password',
  'password.wrong': 'presentPassword',
}

function useFields(hasAccount: boolean) {
  const join = useWords(words)
  return useForm<Values>({
    initialValues: { presentPassword: '', password: '' },
    validate: {
      presentPassword: (typed) => (hasAccount && !typed ? join.presentMissing : null),
      password: ({ length }) => {
        if (hasAccount && !length) return null
        if (length > passwordLength.max) return join.passwordLong
        return length < passwordLength.min ? join.passwordShort(passwordLength.min) : null
      },
    },
  })
}

function useJoining(token: string) {
  const messages = useMessages()
  const [failure, setFailure] = useState<string | null>(null)
  const [hasAccount, setHasAccount] = useState(false)
  const form = useFields(hasAccount)
  const focus = (errors: object) => goToField(fieldId(Object.keys(errors)[0] ?? ''))
  const accept = useMutation(
    register.trpc.invitation.accept.mutationOptions({
      // A page of its own: whoever was signed in here before leaves nothing behind.
      onSuccess: () => location.replace('/'),
      onError: (error) => {
        const reason = knownError(error)?.reason ?? ''
        const field = refusedAt[reason]
        if (!field) return setFailure(sentenceOf(error, messages))
        if (reason === 'link.has_account') setHasAccount(true)
        const errors = { [field]: sentenceOf(error, messages) }
        form.setErrors(errors)
        requestAnimationFrame(() => focus(errors))
      },
    }),
    register.queryClient,
  )
  const submit = form.onSubmit(({ password, presentPassword }) => {
    setFailure(null)
    const proof = hasAccount ? { presentPassword } : {}
    accept.mutate({ token, ...proof, ...(password && { password }) })
  }, focus)
  const toggle = () => {
    form.clearErrors()
    setHasAccount(!hasAccount)
  }
  return { form, submit, failure, hasAccount, toggle, isBusy: accept.isPending || accept.isSuccess }
}

type Joining = ReturnType<typeof useJoining>
function PasswordFields({ form, hasAccount }: Pick<Joining, 'form' | 'hasAccount'>) {
  const join = useWords(words)
  return (
    <>
      {hasAccount && (
        <PasswordField
          id={fieldId('presentPassword')}
          label={join.present}
          description={join.presentHint}
          autoComplete="current-password"
          autoFocus
          {...form.getInputProps('presentPassword')}
        />
      )}
      <PasswordField
        id={fieldId('password')}
        label={hasAccount ? join.another : join.password}
        description={(hasAccount ? join.anotherHint : join.passwordHint)(passwordLength.min)}
        autoComplete="new-password"
        autoFocus={!hasAccount}
        {...form.getInputProps('password')}
      />
    </>
  )
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const join = useWords(words)
  const { form, submit, failure, hasAccount, toggle, isBusy } = useJoining(token)
  const { name, email, schools, purpose } = invitation
  const isReset = purpose === 'passwordReset'
  const intro = hasAccount ? join.again(name, schools) : join.invited(name, schools)
  return (
    <>
      <h1>{isReset ? join.resetTitle : join.title}</h1>
      <p className="dim">{isReset ? join.reset(name) : intro}</p>
      <form className="form" noValidate onSubmit={submit}>
        <Failure>{failure}</Failure>
        <TextInput
          type="email"
          label={join.email}
          description={join.emailHint}
          autoComplete="username"
          readOnly
          value={email}
        />
        <PasswordFields form={form} hasAccount={hasAccount} />
        <SubmitButton fullWidth loading={isBusy}>
          {hasAccount ? join.join : join.submit}
        </SubmitButton>
        {!isReset && (
          <Button fullWidth variant="default" onClick={toggle}>
            {hasAccount ? join.hasNoAccount : join.hasAccount}
          </Button>
        )}
      </form>
    </>
  )
}

function UselessLink({ hint }: { hint: string }) {
  const join = useWords(words)
  return (
    <>
      <h1>{join.useless}</h1>
      <p className="dim">{hint}</p>
      <p style={{ marginTop: 12 }}>
        {join.alreadyIn} <Link to="/sign-in">{join.toSignIn}</Link>
      </p>
    </>
  )
}

/** Behind an invitation, or a link for a new password. Its token stays in the fragment, which no server log sees. */
export function JoinPage() {
  const messages = useMessages()
  const join = useWords(words)
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('t') ?? '')
  const isLong = token.length >= 20 && token.length <= 100
  const { data, error, isPending } = useQuery(
    register.trpc.invitation.get.queryOptions({ token }, { enabled: isLong, staleTime: Number.POSITIVE_INFINITY }),
    register.queryClient,
  )
  usePageTitle(data?.purpose === 'passwordReset' ? join.resetTitle : join.title)
  const isExpired = !isLong || knownError(error)?.reason === 'link.expired'
  return (
    <Door>
      {data && <JoinForm token={token} invitation={data} />}
      {isLong && isPending && <Waiting />}
      {(isExpired || error) && <UselessLink hint={isExpired ? join.uselessHint : sentenceOf(error, messages)} />}
    </Door>
  )
}
