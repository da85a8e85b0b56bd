import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ListPath } from '../../db/values.ts'
import { addressOf } from '../addresses.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'

/** Where a list is empty, the quickest way to fill it. */
export function PasteLink({ path }: { path: ListPath }) {
  const { lists } = useMessages()
  const { slug } = useSchool()
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to={addressOf({ path }, '/paste')} params={{ school: slug }} {...props} />}
    >
      {lists.paste}
    </Button>
  )
}
