import { Menu } from '@mantine/core'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'

const route = getRouteApi('/$school')

/** One's schools, and what one is in each. */
export function SchoolItems() {
  const { roles } = useMessages()
  const current = useSchool()
  const { person } = route.useRouteContext()
  const navigate = useNavigate()
  return person.schools.map(({ slug, name, role }) => (
    <Menu.Item
      key={slug}
      leftSection={slug === current.slug ? <IconCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />}
      rightSection={<span className="dim">{roles[role]}</span>}
      onClick={() => navigate({ to: '/$school/home', params: { school: slug } })}
    >
      {name}
    </Menu.Item>
  ))
}
