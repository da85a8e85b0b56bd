import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { createSessionInput } from '../../server/auth/input.ts'
import { sentenceOf } from '../errors.ts'
import type { Messages } from '../messages/en.ts'
import { useMessages } from '../messages/messages.tsx'
import { register } from '../session.ts'

const errorsIn = (values: { email: string; password: string }, { signIn }: Messages) => {
  const { error } = createSessionInput.safeParse(values)
  const wrong = new Set(error?.issues.map(({ path }) => path[0]))
  return {
    ...(wrong.has('email') && { email: signIn.emailInvalid }),
    ...(wrong.has('password') && { password: signIn.passwordMissing }),
  }
}

/** The two fields and what becomes of them. */
export function useSignIn(email: string, onSignedIn: () => Promise<void>) {
  const messages = useMessages()
  const form = useForm({ initialValues: { email, password: '' }, validate: (values) => errorsIn(values, messages) })
  const signIn = useMutation(
    register.trpc.session.create.mutationOptions({
      onSuccess: onSignedIn,
      onError: () => document.querySelector<HTMLInputElement>('input[type=password]')?.select(),
    }),
    register.queryClient,
  )
  const submit = form.onSubmit(
    (values) => signIn.mutate(values),
    (errors) => document.getElementById(errors.email ? 'sign-in-email' : 'sign-in-password')?.focus(),
  )
  return {
    form,
    submit,
    isBusy: signIn.isPending || signIn.isSuccess,
    failure: signIn.error && sentenceOf(signIn.error, messages),
  }
}
