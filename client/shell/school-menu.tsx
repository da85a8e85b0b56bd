import { Menu } from '@mantine/core'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs'
import { useNavigate } from '@tanstack/react-router'
import { useMessages } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import type { SchoolMembership } from '../session.ts'

/** Which school this is; with several, the way to the others. */
export function SchoolMenu({ schools }: { schools: readonly SchoolMembership[] }) {
  const { shell, roles } = useMessages()
  const current = useSchool()
  const navigate = useNavigate()
  if (schools.length < 2) return <span className="school-name">{current.name}</span>
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="school-name" title={shell.switchSchool}>
          {current.name}
          <IconSelector size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="70dvh" style={{ overflow: 'auto' }}>
        {schools.map(({ slug, name, role }) => (
          <Menu.Item
            key={slug}
            leftSection={slug === current.slug ? <IconCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />}
            rightSection={<span className="dim">{roles[role]}</span>}
            onClick={() => navigate({ to: '/$school/students', params: { school: slug } })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
