import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { inviteMemberInput } from '../../server/members/input.ts'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { goToField } from '../ui/go-to-field.ts'
import { membersWords } from './members-words.ts'
import type { RoleValues } from './role-fields.tsx'

export type Invited = Outputs['members']['invite']
export interface InviteValues extends RoleValues {
  name: string
  email: string
}

export const inviteFieldId = (field: string): string => `member-${field}`
const empty: InviteValues = { name: '', email: '', role: 'instructor', instructorId: '' }
/** Where the server's refusal belongs to one field. */
const refusedAt: Record<string, keyof InviteValues> = {
  'member.already': 'email',
  'member.disabled': 'email',
  'member.instructor_taken': 'instructorId',
  'instructor.not_found': 'instructorId',
}

/** The form that invites, and what came of it. */
export function useInvite() {
  const messages = useMessages()
  const { invite: words } = useWords(membersWords)
  const trpc = useTrpc()
  const [failure, setFailure] = useState<string | null>(null)
  const [isSummarized, setSummarized] = useState(false)
  const [invited, setInvited] = useState<Invited | null>(null)
  const errorsIn = (values: InviteValues) => {
    const { error } = inviteMemberInput.safeParse(values)
    const said = (field: unknown, code: string) =>
      code === 'too_big' ? messages.errors.tooLong : field === 'name' ? words.nameMissing : words.emailInvalid
    return Object.fromEntries((error?.issues ?? []).map(({ path, code }) => [path[0], said(path[0], code)]))
  }
  const form = useForm<InviteValues>({ initialValues: empty, validateInputOnBlur: true, validate: errorsIn })
  const onInvalid = (errors: object) => {
    setSummarized(true)
    const [first] = Object.keys(errors)
    if (first) goToField(inviteFieldId(first))
  }
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: (answer) => setInvited(answer),
      onError: (error) => {
        const field = refusedAt[knownError(error)?.reason ?? '']
        if (!field) return setFailure(sentenceOf(error, messages))
        const errors = { [field]: sentenceOf(error, messages) }
        form.setErrors(errors)
        onInvalid(errors)
      },
    }),
  )
  const submit = form.onSubmit((values) => {
    setFailure(null)
    setSummarized(false)
    invite.mutate(values)
  }, onInvalid)
  const again = () => {
    setInvited(null)
    form.setValues(empty)
    form.resetDirty()
  }
  return { form, submit, failure, isSummarized, isBusy: invite.isPending, invited, again }
}
