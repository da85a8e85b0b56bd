import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
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

/** `goOn` answers whether the browser kept the sign-in: where it takes no cookie, the next page would ask for it again. */
export function useSignIn(email: string, goOn: () => Promise<boolean>) {
  const messages = useMessages()
  const words = useWords(signInWords)
  const [isForgotten, setForgotten] = useState(false)
  const form = useForm({ initialValues: { email, password: '' }, validate: (values) => errorsIn(values, words) })
  const signIn = useMutation(
    register.trpc.session.create.mutationOptions({
      onSuccess: async () => setForgotten(!(await goOn())),
      onError: () => document.querySelector<HTMLInputElement>('input[type=password]')?.select(),
    }),
    register.queryClient,
  )
  const submit = form.onSubmit(
    (values) => {
      setForgotten(false)
      signIn.mutate(values)
    },
    (errors) => document.getElementById(errors.email ? 'sign-in-email' : 'sign-in-password')?.focus(),
  )
  return {
    form,
    submit,
    isBusy: signIn.isPending || (signIn.isSuccess && !isForgotten),
    failure: isForgotten ? words.noCookie : signIn.error && sentenceOf(signIn.error, messages),
  }
}
