import { Menu } from '@mantine/core'
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelp.mjs'
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs'
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { drafts } from '../drafts/drafts.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { register } from '../session.ts'
import { toast } from '../ui/toast.tsx'

const route = getRouteApi('/$school')

/** Leaves nothing of the school's data in the page's memory or the tab's. */
function leave(): void {
  drafts.removeAll()
  location.assign('/sign-in')
}

/** Who is signed in here as what, and what is only theirs. */
export function PersonItems() {
  const messages = useMessages()
  const { person } = route.useRouteContext()
  const { role, slug } = useSchool()
  const signOut = useMutation(
    register.trpc.session.remove.mutationOptions({
      onSuccess: leave,
      onError: (error) =>
        knownError(error)?.reason === 'session.missing' ? leave() : toast(sentenceOf(error, messages)),
    }),
    register.queryClient,
  )
  return (
    <>
      <div className="menu-head">
        {person.name}
        <p>{person.email}</p>
        <p>{messages.roles[role]}</p>
      </div>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconSettings size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/$school/account" params={{ school: slug }} {...props} />}
      >
        {messages.shell.yourAccount}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconHelp size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/$school/help" params={{ school: slug }} {...props} />}
      >
        {messages.shell.help}
      </Menu.Item>
      <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
        {messages.shell.signOut}
      </Menu.Item>
    </>
  )
}
