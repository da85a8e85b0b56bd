import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useWords } from '../messages/messages.tsx'
import { isStillSignedIn, register, sessionQuery, whoIsSignedIn } from '../session.ts'
import { leaveUnconfirmed, uncover, useCoverReason } from '../signed-out.ts'
import { Door } from '../ui/door.tsx'
import { toast } from '../ui/toast.tsx'
import { SignInFields } from './sign-in-fields.tsx'
import { signInWords } from './sign-in-words.ts'
import { startOver } from './start-over.ts'
import { useSignIn } from './use-sign-in.ts'

/** Whoever signed in meanwhile in another tab need not do it again here. */
function useOtherTabs(isOver: boolean) {
  useEffect(() => {
    if (!isOver) return
    const look = () =>
      void isStillSignedIn().then(
        (isIn) => isIn && uncover(),
        () => undefined,
      )
    window.addEventListener('focus', look)
    window.addEventListener('pageshow', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      window.removeEventListener('pageshow', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [isOver])
}

/** The page's own person signs in on it, and the waiting calls go on. */
export default function SignInAgain({ titleId }: { titleId: string }) {
  const signIn = useWords(signInWords)
  const person = register.queryClient.getQueryData(sessionQuery.queryKey)?.person
  const isOver = useCoverReason() !== 'unconfirmed'
  useOtherTabs(isOver)
  const state = useSignIn(person?.email ?? '', async () => {
    const who = await whoIsSignedIn()
    if (who === 'same') uncover()
    if (who === 'other') location.assign('/')
    return who !== 'nobody'
  })
  const leave = () => {
    leaveUnconfirmed()
    toast(signIn.left)
  }
  return (
    <Door>
      <h1 id={titleId}>{isOver ? signIn.endedTitle : signIn.confirmTitle}</h1>
      <p className="dim">{(isOver ? signIn.endedHint : signIn.confirmHint)(person?.name ?? '')}</p>
      <SignInFields {...state} isEmailFixed={Boolean(person)} submitLabel={isOver ? signIn.submit : signIn.confirm} />
      <Button variant="subtle" color="gray" fullWidth mt={8} onClick={isOver ? startOver : leave}>
        {isOver ? signIn.somebodyElse : signIn.notNow}
      </Button>
    </Door>
  )
}
