import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { passwordLength } from '../../server/auth/input.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { formatsFor } from '../messages/formats.ts'
import { browserTimeZone, useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { register } from '../session.ts'
import { Door } from '../ui/door.tsx'
import { Failure, Waiting } from '../ui/page.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { localeChoices, timeZoneChoices } from './locales.ts'
import { setupWords } from './setup-words.ts'
import { setupFieldId, useSetup } from './use-setup.ts'

type Form = ReturnType<typeof useSetup>['form']

const input = (form: Form, name: Parameters<Form['getInputProps']>[0] & string) => ({
  id: setupFieldId(name),
  ...form.getInputProps(name),
})

function SchoolFields({ form }: { form: Form }) {
  const setup = useWords(setupWords)
  const { locale, timeZone } = form.values
  const { locale: readers } = useFormats()
  const today = formatsFor(locale, timeZone).today()
  return (
    <fieldset>
      <legend>{setup.school}</legend>
      <TextInput className="whole" label={setup.schoolName} autoFocus {...input(form, 'schoolName')} />
      <NativeSelect
        label={setup.timeZone}
        description={setup.timeZoneHint}
        data={timeZoneChoices(browserTimeZone())}
        {...input(form, 'timeZone')}
      />
      <NativeSelect
        label={setup.locale}
        description={setup.example(today)}
        data={localeChoices(navigator.language, readers)}
        {...input(form, 'locale')}
      />
    </fieldset>
  )
}

function YourFields({ form }: { form: Form }) {
  const setup = useWords(setupWords)
  return (
    <fieldset>
      <legend>{setup.you}</legend>
      <TextInput className="whole" label={setup.name} autoComplete="name" {...input(form, 'name')} />
      <TextInput
        className="whole"
        type="email"
        label={setup.email}
        description={setup.emailHint}
        autoComplete="username"
        {...input(form, 'email')}
      />
      <PasswordField
        className="whole"
        label={setup.password}
        description={setup.passwordHint(passwordLength.min)}
        autoComplete="new-password"
        {...input(form, 'password')}
      />
    </fieldset>
  )
}

function SetupForm({ token }: { token: string }) {
  const setup = useWords(setupWords)
  const { history } = useRouter()
  const { form, submit, failure, isBusy } = useSetup(token, () => history.replace('/'))
  return (
    <>
      <h1>{setup.title}</h1>
      <p className="dim">{setup.intro}</p>
      <form className="form is-sectioned" noValidate onSubmit={submit}>
        <Failure>{failure}</Failure>
        <SchoolFields form={form} />
        <YourFields form={form} />
        <SubmitButton loading={isBusy}>{setup.submit}</SubmitButton>
      </form>
    </>
  )
}

function UselessLink({ hint }: { hint: string }) {
  const setup = useWords(setupWords)
  return (
    <>
      <h1>{setup.expired}</h1>
      <p className="dim">{hint}</p>
      <p style={{ marginTop: 12 }}>
        {setup.alreadySetUp} <Link to="/sign-in">{setup.toSignIn}</Link>
      </p>
    </>
  )
}

/** Behind the link from the server's log. Its token stays in the fragment, which no server log sees. */
export function SetupPage() {
  const messages = useMessages()
  const setup = useWords(setupWords)
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('t') ?? '')
  const isLong = token.length >= 20 && token.length <= 100
  const check = useQuery(
    register.trpc.setup.get.queryOptions({ token }, { enabled: isLong, staleTime: Number.POSITIVE_INFINITY }),
    register.queryClient,
  )
  usePageTitle(setup.title)
  return (
    <Door isWide>
      {check.isSuccess && <SetupForm token={token} />}
      {isLong && check.isPending && <Waiting />}
      {!isLong && <UselessLink hint={setup.expiredHint} />}
      {check.isError && (
        <UselessLink
          hint={
            knownError(check.error)?.reason === 'link.expired' ? setup.expiredHint : sentenceOf(check.error, messages)
          }
        />
      )}
    </Door>
  )
}
