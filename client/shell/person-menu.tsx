import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs'
import { useMessages } from '../messages/messages.tsx'
import { part } from '../part.ts'
import type { SignedIn } from '../session.ts'
import { LateMenu } from '../ui/late-menu.tsx'

const items = async () => (await part(() => import('./person-items.tsx'))()).PersonItems

export function PersonMenu({ person }: { person: SignedIn }) {
  const { shell } = useMessages()
  return (
    <LateMenu
      width={240}
      items={items}
      itemProps={{}}
      button={
        <button type="button" className="person" aria-label={shell.account(person.name)}>
          <IconUser size={20} stroke={1.5} aria-hidden />
          <span className="only-wide">{person.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      }
    />
  )
}
