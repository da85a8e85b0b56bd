import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { freshSession, ownPath } from '../session.ts'
import { Door } from '../ui/door.tsx'
import { Notice } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { SignInFields } from './sign-in-fields.tsx'
import { signInWords } from './sign-in-words.ts'
import { useSignIn } from './use-sign-in.ts'

const route = getRouteApi('/sign-in')

function NotSetUp() {
  const signIn = useWords(signInWords)
  return (
    <>
      <h1>{signIn.notSetUp}</h1>
      <p className="dim">{signIn.notSetUpHint}</p>
      <code className="command" dir="ltr">
        {signIn.initCommand}
      </code>
    </>
  )
}

function SignIn() {
  const signIn = useWords(signInWords)
  const { next } = route.useSearch()
  const { history } = useRouter()
  const state = useSignIn('', async () => {
    const { person } = await freshSession()
    if (person) history.replace(ownPath(next))
    return person !== null
  })
  return (
    <>
      <h1>{signIn.title}</h1>
      {!navigator.cookieEnabled && <Notice tone="warn">{signIn.cookiesOff}</Notice>}
      <SignInFields {...state} />
    </>
  )
}

export function SignInPage() {
  const signIn = useWords(signInWords)
  const { session } = route.useRouteContext()
  usePageTitle(signIn.title)
  return <Door>{session.isSetUp ? <SignIn /> : <NotSetUp />}</Door>
}
