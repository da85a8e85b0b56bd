import { classForm, classKind as words } from '../messages/en-classes.ts'
import type { Area } from '../messages/messages.tsx'
import type { RecordKind } from '../records/record-kind.ts'
import type { SchoolClass } from './class-page.tsx'

export const classKind: RecordKind<SchoolClass> = {
  feature: 'classes',
  path: 'classes',
  entity: 'class',
  write: 'class.write',
  nameOf: ({ title }) => title,
  words: { en: words },
}

export const classFormWords: Area<ReturnType<typeof classForm>> = { en: classForm }
