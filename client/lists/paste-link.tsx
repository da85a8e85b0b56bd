import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'

/** Where a list is empty, the quickest way to fill it. */
export function PasteLink({ path }: { path: string }) {
  const { lists } = useMessages()
  const { slug } = useSchool()
  return (
    <Button
      variant="default"
      renderRoot={(props) => (
        <Link to={`/$school/${path}/paste` as never} params={{ school: slug } as never} {...props} />
      )}
    >
      {lists.paste}
    </Button>
  )
}
