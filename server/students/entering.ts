import { DomainError } from '../errors.ts'
import type { CreateStudentInput } from './input.ts'

type Entering = { [Field in 'entryDate' | 'status']?: CreateStudentInput[Field] | undefined }

/** A first day makes a student active: since when she is not is for her page to say. */
export const contradicts = ({ entryDate, status }: Entering): boolean => Boolean(entryDate) && status === 'inactive'

export function entering(all: readonly (readonly [id: string, item: Entering | undefined])[]): Map<string, string> {
  if (all.some(([, item]) => item && contradicts(item))) throw new DomainError('student.status_by_days')
  return new Map(all.flatMap(([id, item]) => (item?.entryDate ? [[id, item.entryDate] as const] : [])))
}
