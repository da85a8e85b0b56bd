import { Button, Modal } from '@mantine/core'
import { useMessages } from '../messages/messages.tsx'
import type { Session } from '../session.ts'
import { register, sessionQuery } from '../session.ts'
import { SignInFields } from './sign-in-fields.tsx'
import { answerSignIn } from './signed-out.ts'
import { useSignIn } from './use-sign-in.ts'

/** A new page, so that nothing of the first person's stays in memory. */
const startOver = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)

/** The session ended in the middle of work: the same person signs in here, and the waiting calls go on. */
export default function SignInDialog() {
  const { signIn, close } = useMessages()
  const person = register.queryClient.getQueryData(sessionQuery.queryKey)?.person
  const goOn = (session: Session) => {
    if (session.person && person && session.person.userId === person.userId) answerSignIn(true)
    else location.assign('/')
  }
  const state = useSignIn(person?.email ?? '', goOn)
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
