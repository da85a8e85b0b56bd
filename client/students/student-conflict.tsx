import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Messages } from '../messages/en.ts'
import { useFormats, useMessages } from '../messages/messages.tsx'
import { Notice } from '../ui/page.tsx'
import type { FormField, FormValues } from './form-values.ts'
import { gradeName } from './grade-name.ts'
import { usePrograms } from './students-filters.tsx'
import type { Conflict, SeenChange } from './use-edit.ts'

function authorOf({ by, way }: SeenChange, { conflict }: Messages): string {
  if (by) return by
  return { import: conflict.byImport, cli: conflict.byCommand, screen: conflict.bySomebody }[way]
}

/** In the form's words. A change of an address alone names no field of the student's. */
function fieldsOf({ fields }: SeenChange, { conflict }: Messages): string[] {
  const named = fields.flatMap((field) => conflict.fieldNames[field] ?? [])
  return named.length ? named : [conflict.addresses]
}

function useWritten() {
  const messages = useMessages()
  const formats = useFormats()
  const programs = usePrograms()
  return (values: FormValues, field: FormField): string => {
    const value = values[field]
    if (typeof value === 'boolean') return value ? messages.yes : messages.no
    if (typeof value === 'object') return Object.values(value).filter(Boolean).join(', ') || messages.conflict.nothing
    if (!value) return messages.conflict.nothing
    if (field === 'gradeLevel') return gradeName(value, messages)
    if (field === 'status') return messages.student.status[values.status]
    if (field === 'birthDate' && /^\d{4}-\d\d-\d\d$/.test(value)) return formats.date(value)
    if (field === 'programId') return programs.find(({ id }) => id === value)?.name ?? value
    return value
  }
}

interface StudentConflictProps {
  conflict: Conflict
  mine: FormValues
  isBusy: boolean
  onKeepMine(): void
  onUseTheirs(): void
}

/** Who changed what meanwhile, theirs beside mine, and the two ways on. */
export function StudentConflict({ conflict, mine, isBusy, onKeepMine, onUseTheirs }: StudentConflictProps) {
  const messages = useMessages()
  const formats = useFormats()
  const written = useWritten()
  const words = messages.conflict
  const title = useRef<HTMLElement>(null)
  useEffect(() => {
    if (conflict) title.current?.focus()
  }, [conflict])
  return (
    <Notice tone="warn" role="alert">
      <div className="conflict">
        <strong ref={title} tabIndex={-1}>
          {words.title}
        </strong>
        {conflict.changes.map((change) => (
          <p key={`${change.at} ${change.fields}`}>
            {words.changed(authorOf(change, messages), formats.instant(change.at), fieldsOf(change, messages))}
          </p>
        ))}
        {conflict.fields.length === 0 && <p>{words.apart}</p>}
        {conflict.fields.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.theirs}</th>
                <th scope="col">{words.mine}</th>
              </tr>
            </thead>
            <tbody>
              {conflict.fields.map((field) => (
                <tr key={field}>
                  <th scope="row">{messages.student.fields[field]}</th>
                  <td>{written(conflict.theirs, field)}</td>
                  <td>{written(mine, field)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div className="form-end">
          <Button size="xs" loading={isBusy} onClick={onKeepMine}>
            {conflict.fields.length ? words.keepMine : words.saveBoth}
          </Button>
          {conflict.fields.length > 0 && (
            <Button size="xs" variant="default" onClick={onUseTheirs}>
              {words.useTheirs}
            </Button>
          )}
        </div>
      </div>
    </Notice>
  )
}
