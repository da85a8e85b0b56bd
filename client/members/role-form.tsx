import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useTrpc } from '../school.tsx'
import { Failure } from '../ui/page.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { toast } from '../ui/toast.tsx'
import type { Member } from './member-queries.ts'
import { membersWords } from './members-words.ts'
import type { RoleValues } from './role-fields.tsx'
import { RoleFields } from './role-fields.tsx'
import { YourselfDialog } from './yourself-dialog.tsx'

const isInstructors = new Set(['member.instructor_taken', 'instructor.not_found'])

/** Another role, another instructor. Giving up one's own role asks first. */
export function RoleForm({ member }: { member: Member }) {
  const messages = useMessages()
  const { one } = useWords(membersWords)
  const trpc = useTrpc()
  const [values, setValues] = useState<RoleValues>({ role: member.role, instructorId: member.instructorId ?? '' })
  const [isAsking, setAsking] = useState(false)
  const update = useMutation(
    trpc.members.update.mutationOptions({
      onSuccess: (after) => {
        // What this page may show has just changed: begin anew as whoever one is now.
        if (after.isYou && after.role !== 'administrator') return location.assign('/')
        toast(one.saved(after.name))
      },
    }),
  )
  const said = update.error && sentenceOf(update.error, messages)
  const isAtField = isInstructors.has(knownError(update.error)?.reason ?? '')
  const save = () => update.mutate({ id: member.id, version: member.version, ...values })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (member.isYou && values.role !== member.role) setAsking(true)
    else save()
  }
  const isSame = values.role === member.role && values.instructorId === (member.instructorId ?? '')
  return (
    <form className="form role-form" onSubmit={submit}>
      {said && !isAtField && <Failure>{said}</Failure>}
      <fieldset>
        <RoleFields
          values={values}
          chosenName={member.instructorName}
          errors={{ instructorId: isAtField && said ? said : undefined }}
          onChange={(change) => {
            update.reset()
            setValues({ ...values, ...change })
          }}
        />
      </fieldset>
      <div>
        <SubmitButton disabled={isSame} loading={update.isPending}>
          {one.save}
        </SubmitButton>
      </div>
      <YourselfDialog
        about={isAsking ? 'demote' : null}
        role={values.role}
        onKeep={() => setAsking(false)}
        onGo={save}
      />
    </form>
  )
}
