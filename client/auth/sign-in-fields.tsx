import { TextInput } from '@mantine/core'
import { useWords } from '../messages/messages.tsx'
import '../ui/form.css'
import { Failure } from '../ui/page.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { signInWords } from './sign-in-words.ts'
import type { useSignIn } from './use-sign-in.ts'

interface SignInFieldsProps extends ReturnType<typeof useSignIn> {
  /** Signing in again is for the same person. */
  isEmailFixed?: boolean
  submitLabel?: string
}

export function SignInFields(props: SignInFieldsProps) {
  const signIn = useWords(signInWords)
  const { form, submit, isBusy, failure, isEmailFixed = false, submitLabel = signIn.submit } = props
  return (
    <form className="form" noValidate onSubmit={submit}>
      <Failure>{failure}</Failure>
      <TextInput
        id="sign-in-email"
        type="email"
        autoComplete="username"
        label={signIn.email}
        readOnly={isEmailFixed}
        autoFocus={!isEmailFixed}
        {...form.getInputProps('email')}
      />
      <PasswordField
        id="sign-in-password"
        autoComplete="current-password"
        label={signIn.password}
        autoFocus={isEmailFixed}
        {...form.getInputProps('password')}
      />
      <SubmitButton fullWidth loading={isBusy}>
        {submitLabel}
      </SubmitButton>
    </form>
  )
}
