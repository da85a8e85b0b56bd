import { Button, Modal } from '@mantine/core'
import { useEffect } from 'react'
import { useMessages, useWords } from '../messages/messages.tsx'
import { isStillSignedIn, register, sessionQuery } from '../session.ts'
import { answerSignIn } from '../signed-out.ts'
import { useReturnedFocus } from '../ui/use-returned-focus.ts'
import { SignInFields } from './sign-in-fields.tsx'
import { signInWords } from './sign-in-words.ts'
import { useSignIn } from './use-sign-in.ts'

/** A new page, so that nothing of the first person's stays in memory. */
const startOver = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)

/** Whoever signed in meanwhile in another tab need not do it again here. */
function useOtherTabs() {
  useEffect(() => {
    const look = () =>
      void isStillSignedIn().then(
        (isIn) => isIn && answerSignIn(true),
        () => undefined,
      )
    window.addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
}

/** The session ended in the middle of work: the same person signs in here, and the waiting calls go on. */
export default function SignInDialog() {
  const { close } = useMessages()
  const signIn = useWords(signInWords)
  const person = register.queryClient.getQueryData(sessionQuery.queryKey)?.person
  useOtherTabs()
  useReturnedFocus()
  const state = useSignIn(person?.email ?? '', async () => {
    if (await isStillSignedIn()) answerSignIn(true)
    else location.assign('/')
  })
  return (
    <Modal
      opened
      onClose={() => answerSignIn(false)}
      title={signIn.endedTitle}
      size="sm"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': close }}
    >
      <p className="dim" style={{ marginBottom: 14 }}>
        {signIn.endedHint(person?.name ?? '')}
      </p>
      <SignInFields {...state} isEmailFixed={Boolean(person)} />
      <Button variant="subtle" color="gray" fullWidth mt={8} onClick={startOver}>
        {signIn.somebodyElse}
      </Button>
    </Modal>
  )
}
