import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { whoIsSignedIn } from '../session.ts'
import { homeWords } from './home-words.ts'

/** For owners: a school of made-up people, beside the empty one. */
export function LookAround() {
  const messages = useMessages()
  const { lookAround: words } = useWords(homeWords).beginning
  const navigate = useNavigate()
  const { demo } = useTrpc()
  const { mutate, isPending, error } = useMutation(
    demo.create.mutationOptions({
      onSuccess: async ({ slug }) => {
        await whoIsSignedIn()
        await navigate({ to: '/$school/home', params: { school: slug } })
      },
    }),
  )
  return (
    <div className="look-around">
      <Button variant="default" loading={isPending} onClick={() => mutate({})}>
        {words.open}
      </Button>
      <p className="dim">{words.hint}</p>
      {error && (
        <p className="field-error" role="alert">
          {sentenceOf(error, messages)}
        </p>
      )}
    </div>
  )
}
