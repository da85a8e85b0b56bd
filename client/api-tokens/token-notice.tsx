import { useWords } from '../messages/messages.tsx'
import { ToldOnce } from '../ui/told-once.tsx'
import { tokenWords } from './token-words.ts'

export function TokenNotice({ token }: { token: string }) {
  const { made: words } = useWords(tokenWords)
  return (
    <ToldOnce heading="h3" words={words} secret={token}>
      <p>{words.hint}</p>
    </ToldOnce>
  )
}
