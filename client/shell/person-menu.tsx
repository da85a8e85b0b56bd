import { Menu } from '@mantine/core'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs'
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs'
import { useMutation } from '@tanstack/react-query'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { SignedIn } from '../session.ts'
import { register } from '../session.ts'
import { toast } from '../ui/toast.tsx'

/** Leaves nothing of the school's data in the page's memory. */
const leave = () => location.assign('/sign-in')

export function PersonMenu({ person }: { person: SignedIn }) {
  const messages = useMessages()
  const { role } = useSchool()
  const signOut = useMutation(
    register.trpc.session.remove.mutationOptions({
      onSuccess: leave,
      onError: (error) =>
        knownError(error)?.reason === 'session.missing' ? leave() : toast(sentenceOf(error, messages)),
    }),
    register.queryClient,
  )
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className="person" aria-label={messages.shell.account(person.name)}>
          <IconUser size={20} stroke={1.5} aria-hidden />
          <span className="only-wide">{person.name}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="menu-head">
          {person.name}
          <p>{person.email}</p>
          <p>{messages.roles[role]}</p>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {messages.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
