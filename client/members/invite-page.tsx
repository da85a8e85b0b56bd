import { Button, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useSchool } from '../school.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import '../ui/form.css'
import '../ui/list-page.css'
import { BackLabel, Failure, PageHead } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import './members.css'
import { membersWords } from './members-words.ts'
import { OneTimeLinkNotice } from './one-time-link.tsx'
import { RoleFields } from './role-fields.tsx'
import type { Invited, InviteValues } from './use-invite.ts'
import { inviteFieldId, useInvite } from './use-invite.ts'

function Done({ invited, onAgain }: { invited: Invited; onAgain(): void }) {
  const { invite } = useWords(membersWords)
  const { slug } = useSchool()
  const { link, member } = invited
  return (
    <>
      <OneTimeLinkNotice link={link} name={member.name} />
      <div className="member-actions">
        <Button variant="default" size="sm" onClick={onAgain}>
          {invite.another}
        </Button>
        <LinkButton variant="default" size="sm" to="/$school/members/$id" params={{ school: slug, id: member.id }}>
          {invite.done}
        </LinkButton>
      </div>
    </>
  )
}

function InviteForm({ form, submit, failure, isBusy, isSummarized }: ReturnType<typeof useInvite>) {
  const { errors: shared } = useMessages()
  const { one, invite } = useWords(membersWords)
  const wrong = Object.entries(form.errors).map(([field, error]) => ({
    id: inviteFieldId(field),
    label: one.fields[field as keyof InviteValues],
    error: String(error),
  }))
  const { role, instructorId } = form.values
  const input = (name: 'name' | 'email') => ({
    className: 'whole',
    id: inviteFieldId(name),
    label: one.fields[name],
    autoComplete: 'off',
    ...form.getInputProps(name),
  })
  return (
    <form className="form" noValidate onSubmit={submit}>
      <p className="dim">{invite.intro}</p>
      {isSummarized && <ErrorSummary title={shared.summary(wrong.length)} errors={wrong} />}
      <Failure>{failure}</Failure>
      <fieldset>
        <RoleFields
          values={{ role, instructorId }}
          errors={{ instructorId: form.errors.instructorId as string | undefined }}
          onChange={(values, chosen) => {
            form.setValues((before) => ({
              ...values,
              // What the record knows need not be typed.
              ...(chosen &&
                !before.name && { name: fullName({ givenName: chosen.givenName, familyName: chosen.familyName }) }),
              ...(chosen && !before.email && { email: chosen.email ?? '' }),
            }))
            form.clearFieldError('instructorId')
          }}
        />
        <TextInput {...input('name')} />
        <TextInput type="email" {...input('email')} />
      </fieldset>
      <div className="form-end">
        <SubmitButton loading={isBusy}>{invite.submit}</SubmitButton>
      </div>
    </form>
  )
}

/** Lets somebody into the school. */
export function InvitePage() {
  const { one, invite } = useWords(membersWords)
  const { slug, name } = useSchool()
  const state = useInvite()
  usePageTitle(invite.title, name)
  return (
    <div className="page member-page">
      <Link to="/$school/members" params={{ school: slug }} className="back">
        <BackLabel>{one.back}</BackLabel>
      </Link>
      <PageHead title={invite.title} />
      {state.invited ? <Done invited={state.invited} onAgain={state.again} /> : <InviteForm {...state} />}
    </div>
  )
}
