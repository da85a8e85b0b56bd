import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'

/** Where a list is empty, the quickest way to fill it. */
export function PasteLink({ path }: { path: ListPath }) {
  const { lists } = useMessages()
  const { slug } = useSchool()
  return (
    <LinkButton variant="default" to={addressOf({ path }, '/paste')} params={{ school: slug }}>
      {lists.paste}
    </LinkButton>
  )
}
