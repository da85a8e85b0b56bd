import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { passwordLength } from '../../server/auth/input.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { register } from '../session.ts'
import '../ui/form.css'
import { goToField } from '../ui/go-to-field.ts'
import { Failure, Section } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { toast } from '../ui/toast.tsx'
import './account.css'
import { PasswordField } from '../ui/password-field.tsx'
import { accountWords } from './account-words.ts'

type Field = 'oldPassword' | 'newPassword'
const fieldId = (field: string) => `account-${field}`
const goToFirst = (errors: object) => goToField(fieldId(Object.keys(errors)[0] ?? ''))
const refusedAt: Record<string, Field> = {
  'password.wrong': 'oldPassword',
  'password.common': 'newPassword',
  'password.same': 'newPassword',
}

function useChange() {
  const messages = useMessages()
  const words = useWords(accountWords)
  const [failure, setFailure] = useState<string | null>(null)
  const { trpc, queryClient } = register
  const form = useForm({
    initialValues: { oldPassword: '', newPassword: '' },
    validate: {
      oldPassword: (typed) => (typed ? null : words.oldMissing),
      newPassword: ({ length }) =>
        length < passwordLength.min
          ? words.newShort(passwordLength.min)
          : length > passwordLength.max
            ? words.tooLong
            : null,
    },
  })
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: () => {
        form.reset()
        toast(words.changed)
      },
      onError: (error) => {
        const field = refusedAt[knownError(error)?.reason ?? '']
        if (!field) return setFailure(sentenceOf(error, messages))
        const errors = { [field]: sentenceOf(error, messages) }
        form.setErrors(errors)
        goToFirst(errors)
      },
    }),
    queryClient,
  )
  const submit = form.onSubmit((values) => {
    setFailure(null)
    change.mutate(values)
  }, goToFirst)
  return { form, submit, failure, isBusy: change.isPending }
}

/** Asks for the old password, because somebody else may use an open screen. */
export function ChangePassword({ email }: { email: string }) {
  const words = useWords(accountWords)
  const { form, submit, failure, isBusy } = useChange()
  const input = (name: Field) => ({
    id: fieldId(name),
    label: words[name],
    ...form.getInputProps(name),
  })
  return (
    <Section title={words.password}>
      <form className="form account-password" noValidate onSubmit={submit}>
        <p className="dim">{words.passwordIntro}</p>
        <Failure>{failure}</Failure>
        {/* For password managers: whose password it is. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField autoComplete="current-password" {...input('oldPassword')} />
        <PasswordField
          autoComplete="new-password"
          description={words.newHint(passwordLength.min)}
          {...input('newPassword')}
        />
        <div>
          <SubmitButton loading={isBusy}>{words.change}</SubmitButton>
        </div>
      </form>
    </Section>
  )
}
