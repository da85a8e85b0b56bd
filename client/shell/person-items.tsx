import { Menu } from '@mantine/core'
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelp.mjs'
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs'
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useSignOut } from '../auth/use-sign-out.ts'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'

const route = getRouteApi('/$school')

/** Who is signed in here as what, and what is only theirs. */
export function PersonItems() {
  const messages = useMessages()
  const { person } = route.useRouteContext()
  const { role, slug } = useSchool()
  const signOut = useSignOut()
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
