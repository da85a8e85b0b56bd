import { useQuery } from '@tanstack/react-query'
import { area } from '../messages/languages.ts'
import type { Choice } from '../records/form-shape.ts'
import { withChosen } from '../records/record-fields.tsx'
import type { ListedKind } from '../records/record-kind.ts'
import { useTrpc } from '../school.tsx'
import type { Inputs, Outputs } from '../trpc.ts'

export type Department = Outputs['departments']['get']
export type DepartmentRow = Outputs['departments']['list'][number]

export const departmentWords = area('departments')

export const departmentKind: ListedKind<Department, keyof Inputs['departments']['create']> = {
  procedures: (trpc) => trpc.departments,
  path: 'departments',
  entity: 'department',
  write: 'department.write',
  nameOf: ({ name }) => name,
  words: departmentWords,
}

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
