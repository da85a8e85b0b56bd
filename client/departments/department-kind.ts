import { area } from '../messages/languages.ts'
import type { ListedKind } from '../records/record-kind.ts'
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
