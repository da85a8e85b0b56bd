import { z } from 'zod'
import { addressKinds, sexes, studentStatuses } from '../../db/values.ts'
import { guardianCells, pastedGuardianInput } from '../guardians/input.ts'
import { atName, cursor, email, hasName, id, names, optional, pageSize, seen, words } from '../input.ts'
import { cells, createManyOf, manyOfList, peopleAlike, textsAlike } from '../records/input.ts'

export const studentSorts = ['name', 'number', 'grade'] as const

const address = z.strictObject({
  kind: z.enum(addressKinds),
  street: optional(words(300)),
  city: optional(words(100)),
  region: optional(words(100)),
  postalCode: optional(words(20)),
  country: optional(words(100)),
})
export type AddressInput = z.infer<typeof address>

const fields = {
  ...names,
  middleName: optional(words(100)),
  preferredName: optional(words(100)),
  number: optional(words(50)),
  email: optional(email),
  birthDate: optional(z.iso.date()),
  sex: optional(z.enum(sexes)),
  homeLanguage: optional(words(100)),
  previousSchool: optional(words(200)),
  /** Only for those who may write it. */
  medicalNote: optional(words(5_000)),
  gradeLevel: optional(words(50)),
  status: z.enum(studentStatuses),
  isInternational: z.boolean(),
  isCoop: z.boolean(),
  programId: optional(id),
  /** The first day of her days at the school, which begin with it where she has none. An empty one changes nothing. */
  entryDate: optional(z.iso.date()),
  /** An address replaces the one of its kind; one with every field empty removes it. */
  addresses: z.array(address).max(addressKinds.length),
}
const { givenName, familyName, ...others } = fields
export type StudentFieldName = Exclude<keyof typeof fields, 'addresses'>
export const studentFieldNames = (Object.keys(fields) as (keyof typeof fields)[]).filter(
  (name): name is StudentFieldName => name !== 'addresses',
)

export const createStudentInput = z
  .strictObject({ givenName, familyName, ...z.object(others).partial().shape })
  .refine(hasName, atName)
export type CreateStudentInput = z.infer<typeof createStudentInput>

export const updateStudentInput = z.strictObject({ ...seen, ...z.object(fields).partial().shape })
export type UpdateStudentInput = z.infer<typeof updateStudentInput>

const pastedGuardiansAtMost = 12
/** Guardians are found or made, and linked. A place in the row that is empty is null. */
const guardians = z.array(pastedGuardianInput.nullable()).max(pastedGuardiansAtMost).optional()
export const pasteStudentInput = z.strictObject({ ...createStudentInput.shape, guardians }).refine(hasName, atName)
export type PasteStudentInput = z.infer<typeof pasteStudentInput>
export const pasteStudentChange = z.strictObject({ ...updateStudentInput.shape, guardians })

const filters = {
  /** Every word must be found, anywhere in a name, number or e-mail. */
  search: z.string().max(200).default(''),
  gradeLevel: words(50).optional(),
  withoutGradeLevel: z.boolean().optional(),
  /** The school's list of grade levels does not have theirs. */
  withUnlistedGradeLevel: z.boolean().optional(),
  status: z.enum(studentStatuses).optional(),
  /** 'none' is for students without a program. */
  programId: z.union([id, z.literal('none')]).optional(),
  /** In the class today or later. */
  classId: id.optional(),
  /** Only for those who may read guardians. */
  guardians: z.enum(['some', 'none']).optional(),
  /** The first and the last day on which they may have come to the school. */
  enteredFrom: z.iso.date().optional(),
  enteredTo: z.iso.date().optional(),
  archived: z.boolean().default(false),
}
export const countStudentsInput = z.strictObject(filters)
export type CountStudentsInput = z.infer<typeof countStudentsInput>

export const listStudentsInput = z.strictObject({
  ...filters,
  /** The addresses. These, and what the next two ask for, come only to those who may read them. */
  withAddresses: z.boolean().optional(),
  withFacts: z.boolean().optional(),
  withGuardians: z.boolean().optional(),
  sort: z.enum(studentSorts).default('name'),
  descending: z.boolean().default(false),
  cursor,
  limit: pageSize,
})
export type ListStudentsInput = z.infer<typeof listStudentsInput>

export const alikeStudentsInput = z.strictObject({ people: peopleAlike, numbers: textsAlike })
export type AlikeStudentsInput = z.infer<typeof alikeStudentsInput>

const { kind, ...lines } = address.shape
const addressCells = z.strictObject({ kind, ...cells(Object.keys(lines) as (keyof typeof lines)[]) })
export const createManyStudentsInput = createManyOf(createStudentInput, {
  addresses: z.array(addressCells).max(addressKinds.length).optional(),
  guardians: z.array(guardianCells.nullable()).max(pastedGuardiansAtMost).optional(),
})
const { gradeLevel, status, programId, isInternational, isCoop } = fields
export const {
  update: updateManyStudentsInput,
  archive: archiveManyStudentsInput,
  restore: restoreManyStudentsInput,
} = manyOfList(countStudentsInput, { gradeLevel, status, programId, isInternational, isCoop })
