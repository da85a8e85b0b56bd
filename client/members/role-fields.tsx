import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../db/values.ts'
import { roles } from '../../db/values.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { membersWords } from './members-words.ts'

export interface RoleValues {
  role: Role
  /** Empty for none. */
  instructorId: string
}
type Instructor = Outputs['instructors']['list'][number]

interface RoleFieldsProps {
  values: RoleValues
  errors?: { instructorId?: string | undefined }
  /** One who is archived, but chosen. */
  chosenName?: string | null
  onChange(values: Partial<RoleValues>, chosen?: Instructor): void
}

/** As what somebody belongs to the school, and for an instructor as whom. */
export function RoleFields({ values, errors, chosenName, onChange }: RoleFieldsProps) {
  const messages = useMessages()
  const { one } = useWords(membersWords)
  const trpc = useTrpc()
  const { data: instructors = [], isError } = useQuery(trpc.instructors.list.queryOptions({}))
  const isKnown = instructors.some(({ id }) => id === values.instructorId)
  const choices = [
    { value: '', label: one.noInstructor },
    ...(values.instructorId && !isKnown ? [{ value: values.instructorId, label: chosenName ?? one.noInstructor }] : []),
    ...instructors.map(({ id, email, departmentName, ...names }) => ({
      value: id,
      label: [listName(names), email ?? departmentName].filter(Boolean).join(' · '),
    })),
  ]
  const hint = values.instructorId ? one.instructorHint : one.withoutInstructor
  return (
    <>
      <NativeSelect
        className="whole"
        id="member-role"
        label={one.fields.role}
        description={one.roleHints[values.role]}
        data={roles.map((role) => ({ value: role, label: messages.roles[role] }))}
        value={values.role}
        onChange={({ currentTarget }) => onChange({ role: currentTarget.value as Role })}
      />
      {(values.role === 'instructor' || values.instructorId) && (
        <NativeSelect
          className="whole"
          id="member-instructorId"
          label={one.fields.instructorId}
          description={isError ? one.instructorsFailed : hint}
          data={choices}
          value={values.instructorId}
          error={errors?.instructorId}
          onChange={({ currentTarget }) => {
            const chosen = instructors.find(({ id }) => id === currentTarget.value)
            onChange({ instructorId: currentTarget.value }, chosen)
          }}
        />
      )}
    </>
  )
}
