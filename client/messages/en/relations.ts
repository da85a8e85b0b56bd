import type { guardianRelations } from '../../../db/values.ts'

/** What a guardian is to a student. */
export const relations: Record<(typeof guardianRelations)[number], string> = {
  mother: 'Mother',
  father: 'Father',
  parent: 'Parent',
  stepparent: 'Stepparent',
  fosterParent: 'Foster parent',
  grandparent: 'Grandparent',
  relative: 'Relative',
  guardian: 'Guardian',
  caseworker: 'Caseworker',
  other: 'Other',
}
