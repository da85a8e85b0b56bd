import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { whoIsSignedIn } from '../session.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { homeWords } from './home-words.ts'

/** Takes the school of made-up people away, for everyone; asked once more. */
export function EndDemo() {
  const messages = useMessages()
  const { endDemo: words } = useWords(homeWords).beginning
  const navigate = useNavigate()
  const [isAsked, ask] = useState(false)
  const { demo } = useTrpc()
  const { mutate, isPending, error } = useMutation(
    demo.end.mutationOptions({
      onSuccess: async () => {
        await whoIsSignedIn()
        await navigate({ to: '/' })
      },
    }),
  )
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {words.open}
      </Button>
      {isAsked && (
        <ShortDialog
          title={words.title}
          submitLabel={words.open}
          isBusy={isPending}
          failure={error && sentenceOf(error, messages)}
          onSubmit={() => mutate({})}
          onClose={() => ask(false)}
        >
          <p>{words.text}</p>
        </ShortDialog>
      )}
    </>
  )
}
