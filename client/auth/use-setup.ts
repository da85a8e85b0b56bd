import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { createSetupInput, passwordLength } from '../../server/auth/input.ts'
import { knownError, sentenceOf } from '../errors.ts'
import type { Messages, Words } from '../messages/catalog.ts'
import { browserTimeZone, useMessages, useWords } from '../messages/messages.tsx'
import { freshSession, register } from '../session.ts'
import { setupWords } from './setup-words.ts'

interface SetupValues {
  schoolName: string
  timeZone: string
  locale: string
  name: string
  email: string
  password: string
}

const inputOf = ({ schoolName, timeZone, locale, ...you }: SetupValues, token: string) => ({
  token,
  ...you,
  school: { name: schoolName, timeZone, locale },
})

function errorsIn(
  values: SetupValues,
  token: string,
  setup: Words['setup'],
  { errors: shared }: Messages,
): Record<string, string> {
  const { error } = createSetupInput.safeParse(inputOf(values, token))
  const sentences: Record<string, string> = {
    'school.name': setup.schoolNameMissing,
    name: setup.nameMissing,
    email: setup.emailInvalid,
    password: setup.passwordShort(passwordLength.min),
  }
  const errors = (error?.issues ?? []).map(({ path, code }) => {
    const field = path.join('.')
    const said = code === 'too_big' ? shared.tooLong : (sentences[field] ?? shared.invalid)
    return [field === 'school.name' ? 'schoolName' : field.replace('school.', ''), said]
  })
  return Object.fromEntries(errors)
}

export const setupFieldId = (field: string): string => `setup-${field}`
const focusOn = (errors: object) => {
  const [first] = Object.keys(errors)
  if (first) document.getElementById(setupFieldId(first))?.focus()
}

export function useSetup(token: string, onDone: () => void) {
  const messages = useMessages()
  const setup = useWords(setupWords)
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm<SetupValues>({
    initialValues: {
      schoolName: '',
      timeZone: browserTimeZone(),
      locale: navigator.language,
      name: '',
      email: '',
      password: '',
    },
    validateInputOnBlur: true,
    validate: (values) => errorsIn(values, token, setup, messages),
  })
  const create = useMutation(
    register.trpc.setup.create.mutationOptions({
      onSuccess: async () => {
        await freshSession()
        onDone()
      },
      onError: (error) => {
        if (knownError(error)?.reason !== 'password.common') return setFailure(sentenceOf(error, messages))
        form.setFieldError('password', sentenceOf(error, messages))
        focusOn({ password: true })
      },
    }),
    register.queryClient,
  )
  const submit = form.onSubmit((values) => {
    setFailure(null)
    create.mutate(inputOf(values, token))
  }, focusOn)
  return { form, submit, failure, isBusy: create.isPending || create.isSuccess }
}
