import { useQuery } from '@tanstack/react-query'
import type { Choice } from '../records/form-shape.ts'
import { withChosen } from '../records/record-fields.tsx'
import { useTrpc } from '../school.tsx'

interface Belonging {
  departmentId: string | null
  departmentName?: string | null | undefined
}

/** The departments to choose from; the one that is chosen stays among them, archived or not. */
export function useDepartmentChoices(record?: Belonging): Choice[] {
  const trpc = useTrpc()
  const { data = [] } = useQuery(trpc.departments.list.queryOptions({}))
  const choices = data.map(({ id, name }) => ({ value: id, label: name }))
  return withChosen(choices, record?.departmentId, record?.departmentName)
}
