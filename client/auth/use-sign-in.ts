import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { createSessionInput } from '../../server/auth/input.ts'
import { sentenceOf } from '../errors.ts'
import type { Words } from '../messages/catalog.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { register } from '../session.ts'
import { signInWords } from './sign-in-words.ts'

const errorsIn = (values: { email: string; password: string }, words: Words['signIn']) => {
  const { error } = createSessionInput.safeParse(values)
  const wrong = new Set(error?.issues.map(({ path }) => path[0]))
  return {
    ...(wrong.has('email') && { email: words.emailInvalid }),
    ...(wrong.has('password') && { password: words.passwordMissing }),
  }
}

export function useSignIn(email: string, onSignedIn: () => Promise<void>) {
  const messages = useMessages()
  const words = useWords(signInWords)
  const form = useForm({ initialValues: { email, password: '' }, validate: (values) => errorsIn(values, words) })
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
