import { TextInput } from '@mantine/core'
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
import { Failure, Waiting } from '../ui/page.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

type Invitation = Outputs['invitation']['get']
const words = area('joining')
const passwordId = 'join-password'

function useJoining(token: string) {
  const messages = useMessages()
  const { passwordShort, passwordLong } = useWords(words)
  const [failure, setFailure] = useState<string | null>(null)
  const focus = () => document.getElementById(passwordId)?.focus()
  const form = useForm({
    initialValues: { password: '' },
    validate: {
      password: ({ length }) =>
        length < passwordLength.min
          ? passwordShort(passwordLength.min)
          : length > passwordLength.max
            ? passwordLong
            : null,
    },
  })
  const accept = useMutation(
    register.trpc.invitation.accept.mutationOptions({
      // A page of its own: whoever was signed in here before leaves nothing behind.
      onSuccess: () => location.replace('/'),
      onError: (error) => {
        if (knownError(error)?.reason !== 'password.common') return setFailure(sentenceOf(error, messages))
        form.setFieldError('password', sentenceOf(error, messages))
        focus()
      },
    }),
    register.queryClient,
  )
  const submit = form.onSubmit(({ password }) => {
    setFailure(null)
    accept.mutate({ token, password })
  }, focus)
  return { form, submit, failure, isBusy: accept.isPending || accept.isSuccess }
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const join = useWords(words)
  const { form, submit, failure, isBusy } = useJoining(token)
  const { name, email, schools, purpose } = invitation
  const isReset = purpose === 'passwordReset'
  return (
    <>
      <h1>{isReset ? join.resetTitle : join.title}</h1>
      <p className="dim">{isReset ? join.reset(name) : join.invited(name, schools)}</p>
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
        <PasswordField
          id={passwordId}
          label={join.password}
          description={join.passwordHint(passwordLength.min)}
          autoComplete="new-password"
          autoFocus
          {...form.getInputProps('password')}
        />
        <SubmitButton fullWidth loading={isBusy}>
          {join.submit}
        </SubmitButton>
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
