import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useMessages, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { EmailLink } from '../ui/email-link.tsx'
import { Facts } from '../ui/facts.tsx'
import { NotRead } from '../ui/not-read.tsx'
import '../ui/form.css'
import { BackLabel, Notice, PageHead, Section, Waiting } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import type { Member, OneTimeLink } from './member-queries.ts'
import { MemberState } from './member-state.tsx'
import './members.css'
import { membersWords } from './members-words.ts'
import { OneTimeLinkNotice } from './one-time-link.tsx'
import { RoleForm } from './role-form.tsx'
import { useMemberActions } from './use-member-actions.ts'
import { YourselfDialog } from './yourself-dialog.tsx'

const route = getRouteApi('/$school/members/$id')

/** How far the member has come in, in sentences. */
function Access({ member }: { member: Member }) {
  const { one } = useWords(membersWords)
  const { state, invitedUntil, seesActivity, openSessions, lastSeenAt } = member
  if (state === 'disabled') return <p>{one.disabled}</p>
  if (state === 'service') return <p>{one.service}</p>
  if (state === 'invited')
    return (
      <>
        <p>{invitedUntil ? one.invitedUntil(invitedUntil) : one.invitedWithoutLink}</p>
        <p className="dim">{one.waits}</p>
      </>
    )
  if (!seesActivity) return <p className="dim">{one.activityHidden}</p>
  return (
    <>
      <p>{openSessions ? one.sessions(openSessions) : one.notSignedIn}</p>
      {lastSeenAt && <p className="dim">{one.lastSeen(lastSeenAt)}</p>}
    </>
  )
}

/** What concerns the account itself, in every school. */
function AccountActions({ member, actions }: Omit<AccessActionsProps, 'onRemove'>) {
  const { one } = useWords(membersWords)
  const isDisabled = member.state === 'disabled'
  const offered = [
    member.mayBeDisabled && !isDisabled && ([one.disable, actions.disable] as const),
    member.mayBeDisabled && isDisabled && ([one.enable, actions.enable] as const),
    member.mayBeOwner && ([one.makeOwner, actions.makeOwner] as const),
    member.mayGiveUpOwnership && ([one.giveUpOwnership, actions.giveUpOwnership] as const),
  ].filter((offer) => offer !== false)
  return offered.map(([label, run]) => (
    <Button key={label} variant="default" disabled={actions.isBusy} onClick={() => run(member)}>
      {label}
    </Button>
  ))
}

interface AccessActionsProps {
  member: Member
  actions: ReturnType<typeof useMemberActions>
  onRemove(): void
}
function AccessActions({ member, actions, onRemove }: AccessActionsProps) {
  const { one } = useWords(membersWords)
  const { isBusy } = actions
  return (
    <>
      {member.isOwner && <p className="dim">{one.owner}</p>}
      {!member.mayGetLink && member.state !== 'disabled' && member.state !== 'service' && (
        <p className="dim">{one.noLink}</p>
      )}
      <div className="member-actions">
        {member.mayGetLink && (
          <Button variant="default" disabled={isBusy} onClick={() => actions.makeLink(member)}>
            {member.state === 'invited' ? one.makeInvitation : one.makeReset}
          </Button>
        )}
        {member.openSessions > 0 && !member.isYou && (
          <Button variant="default" disabled={isBusy} onClick={() => actions.endSessions(member)}>
            {one.endSessions}
          </Button>
        )}
        <AccountActions member={member} actions={actions} />
        <Button variant="default" disabled={isBusy} onClick={onRemove}>
          {one.remove}
        </Button>
      </div>
    </>
  )
}

function Removed({ member, actions }: Omit<AccessActionsProps, 'onRemove'>) {
  const { one } = useWords(membersWords)
  if (!member.archivedAt) return null
  return (
    <Notice tone="warn">
      <p>{one.isRemoved(member.archivedAt)}</p>
      <Button className="push" variant="default" disabled={actions.isBusy} onClick={() => actions.restore(member)}>
        {one.restore}
      </Button>
    </Notice>
  )
}

function MemberDetails({ member }: { member: Member }) {
  const { roles } = useMessages()
  const { one, list } = useWords(membersWords)
  const formats = useFormats()
  const [link, setLink] = useState<OneTimeLink | null>(null)
  const [isLeaving, setLeaving] = useState(false)
  const actions = useMemberActions(setLink)
  const remove = () => (member.isYou ? setLeaving(true) : actions.remove(member))
  return (
    <>
      <PageHead title={member.name} aside={member.isYou && <span className="dim">{list.you}</span>} />
      <Removed member={member} actions={actions} />
      {link && <OneTimeLinkNotice link={link} name={member.name} />}
      <div className="columns">
        <div>
          <Facts
            facts={[
              [one.fields.email, member.email && <EmailLink key="email" email={member.email} />],
              [list.columns.state, !member.archivedAt && <MemberState key="state" state={member.state} />],
              [one.fields.role, member.archivedAt && roles[member.role]],
              [list.columns.seen, member.archivedAt && member.lastSeenAt && formats.instant(member.lastSeenAt)],
            ]}
          />
          {!member.archivedAt && <RoleForm key={member.version} member={member} />}
        </div>
        {!member.archivedAt && (
          <Section title={one.access}>
            <Access member={member} />
            <AccessActions member={member} actions={actions} onRemove={remove} />
          </Section>
        )}
      </div>
      <YourselfDialog
        about={isLeaving ? 'remove' : null}
        role={member.role}
        onKeep={() => setLeaving(false)}
        onGo={() => actions.remove(member)}
      />
    </>
  )
}

/** One person of the school: as what they belong to it, and how they sign in. */
export function MemberPage() {
  const { one, list } = useWords(membersWords)
  const { id } = route.useParams()
  const { slug, name } = useSchool()
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.members.get.queryOptions({ id }))
  usePageTitle(data?.name ?? list.title, name)
  return (
    <div className="page member-page">
      <Link to="/$school/members" params={{ school: slug }} className="back">
        <BackLabel>{one.back}</BackLabel>
      </Link>
      {data && <MemberDetails key={id} member={data} />}
      {!data && !error && <Waiting />}
      {!data && error && <NotRead isPage error={error} />}
    </div>
  )
}
