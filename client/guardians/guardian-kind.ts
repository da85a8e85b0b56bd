import { guardians, studentGuardians } from '../messages/en-guardians.ts'
import type { Area } from '../messages/messages.tsx'
import type { ListedKind } from '../records/record-kind.ts'
import { fullName } from '../students/student-name.ts'
import type { Outputs } from '../trpc.ts'

export type Guardian = Outputs['guardians']['get']
export type GuardianRow = Outputs['guardians']['list']['rows'][number]
export type GuardianLink = Outputs['studentGuardians']['list'][number]

export const guardianWords: Area<ReturnType<typeof guardians>> = { en: guardians }
export const linkWords: Area<typeof studentGuardians> = { en: () => studentGuardians }

export const guardianKind: ListedKind<Guardian> = {
  feature: 'guardians',
  path: 'guardians',
  entity: 'guardian',
  write: 'guardian.write',
  nameOf: fullName,
  words: guardianWords,
}
