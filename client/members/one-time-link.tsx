import { useWords } from '../messages/messages.tsx'
import { ToldOnce } from '../ui/told-once.tsx'
import type { OneTimeLink } from './member-queries.ts'
import { membersWords } from './members-words.ts'

/** What the link is for, and what to do with it. */
export function OneTimeLinkNotice({ link, name }: { link: OneTimeLink; name: string }) {
  const { link: words } = useWords(membersWords)
  // In the fragment: no server, no proxy and no log gets to see it.
  const address = `${location.origin}/join#t=${link.token}`
  return (
    <ToldOnce heading="h2" words={{ ...words, title: words[link.purpose](name) }} secret={address}>
      <p>{words.hint(link.expiresAt)}</p>
      <p>{link.purpose === 'passwordReset' ? words.resetHint : words.invitationHint}</p>
    </ToldOnce>
  )
}
