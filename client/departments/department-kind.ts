import { departments } from '../messages/en-departments.ts'
import type { Area } from '../messages/messages.tsx'
import type { ListedKind } from '../records/record-kind.ts'
import type { Outputs } from '../trpc.ts'

export type Department = Outputs['departments']['get']
export type DepartmentRow = Outputs['departments']['list'][number]

export const departmentWords: Area<ReturnType<typeof departments>> = { en: departments }

export const departmentKind: ListedKind<Department> = {
  feature: 'departments',
  path: 'departments',
  entity: 'department',
  write: 'department.write',
  nameOf: ({ name }) => name,
  words: departmentWords,
}
