import { NativeSelect } from '@mantine/core'
import IconInvite from '@tabler/icons-react/dist/esm/icons/IconUserPlus.mjs'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import '../ui/list-page.css'
import { PageHead, Waiting } from '../ui/page.tsx'
import type { PageColumn } from '../ui/page-table.tsx'
import { PageTable } from '../ui/page-table.tsx'
import { useIsNarrow } from '../ui/use-is-narrow.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import type { Member } from './member-queries.ts'
import { MemberState } from './member-state.tsx'
import './members.css'
import { membersWords } from './members-words.ts'

const route = getRouteApi('/$school/members')

const MemberLink = ({ member }: { member: Member }) => {
  const { slug } = useSchool()
  const { list } = useWords(membersWords)
  return (
    <Link to="/$school/members/$id" params={{ school: slug, id: member.id }} className="row-link" title={member.name}>
      {member.name}
      {member.isYou && <span className="second">{list.you}</span>}
    </Link>
  )
}

function WideTable({ rows }: { rows: readonly Member[] }) {
  const { roles } = useMessages()
  const { list } = useWords(membersWords)
  const formats = useFormats()
  const { columns: heads } = list
  const columns: PageColumn<Member>[] = [
    { header: heads.name, cell: (member) => <MemberLink member={member} /> },
    { header: heads.email, width: 260, isDim: true, isRoomy: true, cell: ({ email }) => email },
    { header: heads.role, width: 120, cell: ({ role }) => roles[role] },
    { header: heads.instructor, width: 170, cell: ({ instructorName }) => instructorName },
    { header: heads.state, width: 110, cell: ({ state }) => <MemberState state={state} /> },
    {
      header: heads.seen,
      width: 260,
      isDim: true,
      cell: ({ lastSeenAt }) => (lastSeenAt ? formats.instant(lastSeenAt) : list.neverSeen),
    },
  ]
  return <PageTable label={list.table} columns={columns} rows={rows} />
}

function NarrowTable({ rows }: { rows: readonly Member[] }) {
  const { roles } = useMessages()
  const { list } = useWords(membersWords)
  return (
    <table className="table narrow" aria-label={list.table}>
      <tbody>
        {rows.map((member) => (
          <tr key={member.id}>
            <td>
              <MemberLink member={member} />
              <span className="under">
                <span>{roles[member.role]}</span>
                <MemberState state={member.state} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const InviteButton = () => {
  const { slug } = useSchool()
  const { list } = useWords(membersWords)
  return (
    <LinkButton
      className="within-reach"
      leftSection={<IconInvite size={15} aria-hidden />}
      to="/$school/members/new"
      params={{ school: slug }}
    >
      {list.invite}
    </LinkButton>
  )
}

const AppsButton = () => {
  const { slug } = useSchool()
  const { list } = useWords(membersWords)
  return (
    <LinkButton variant="default" to="/$school/members/apps" params={{ school: slug }}>
      {list.apps}
    </LinkButton>
  )
}

/** Who belongs to the school, and as what. */
export function MembersPage() {
  const { list } = useWords(membersWords)
  const { name } = useSchool()
  const trpc = useTrpc()
  const mayInvite = useMay('member.write')
  const isNarrow = useIsNarrow()
  const navigate = route.useNavigate()
  const archived = route.useSearch().shown === 'removed'
  const { data, error } = useQuery(trpc.members.list.queryOptions({ archived }))
  const title = archived ? list.removedTitle : list.title
  usePageTitle(title, name)
  return (
    <div className="page">
      <PageHead
        title={title}
        aside={
          <span className="dim digits" role="status">
            {data && list.count(data.length)}
          </span>
        }
        actions={
          mayInvite && (
            <>
              <AppsButton />
              <InviteButton />
            </>
          )
        }
      />
      <div className="filters members-filters">
        <NativeSelect
          size="xs"
          aria-label={list.shown}
          data={[
            { value: '', label: list.belonging },
            { value: 'removed', label: list.removed },
          ]}
          value={archived ? 'removed' : ''}
          onChange={({ currentTarget }) =>
            void navigate({ search: currentTarget.value ? { shown: 'removed' } : {}, replace: true })
          }
        />
      </div>
      {data?.length === 0 && <Empty title={list.nobodyRemoved} hint={list.nobodyRemovedHint} />}
      {data && data.length > 0 && (isNarrow ? <NarrowTable rows={data} /> : <WideTable rows={data} />)}
      {!data && !error && <Waiting lines={10} />}
      {!data && error && <NotRead title={list.failed} error={error} />}
    </div>
  )
}
