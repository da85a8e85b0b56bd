/**
 * The kinds of record that have screens, in the order of the menu: menu, search, history and addresses follow from this list,
 * from db/values.ts and from what messages/en/kinds.ts calls them. The screens are loaded when they are opened.
 */
import type { ComponentType, ReactNode } from 'react'
import type { RecordEntity } from '../db/values.ts'
import type { AreaName, Words } from './messages/catalog.ts'
import { part } from './part.ts'
import type { ManyActionsProps } from './records/many/many-actions.ts'
import type { KindWords } from './records/record-words.ts'

export type Load<Pages extends string> = () => Promise<Record<Pages, () => ReactNode>>
export interface ShownKind {
  /** What its screens say: labels of the form's fields, in history too. */
  words: { [Name in AreaName]: Words[Name] extends KindWords ? Name : never }[AreaName]
  /** Adds many from a spreadsheet, for kinds whose own routes show the rest. */
  paste?: Load<'PastePage'>
  /** Shows one record beside the list. */
  panel?: () => Promise<{ default(props: { id: string; onClose(): void }): ReactNode }>
  /** What the list offers for chosen rows besides what all kinds do. */
  manyActions?: () => Promise<{ default: ComponentType<ManyActionsProps<never>> }>
  /** The list, and the page of one record. */
  screens?: Load<'ListPage' | 'RecordPage'>
  /** These load zod, which the list does without. */
  forms?: Load<'NewPage' | 'EditPage' | 'PastePage'>
}

export const shownKinds = {
  student: {
    words: 'studentForm',
    paste: part(() => import('./students/student-paste.tsx')),
    panel: part(() => import('./pages/student-panel.tsx')),
    manyActions: part(() => import('./enrollments/many/list-actions.tsx')),
  },
  guardian: {
    words: 'guardians',
    screens: part(() => import('./guardians/guardian-screens.tsx')),
    forms: part(() => import('./guardians/guardian-form-screens.tsx')),
  },
  class: { words: 'classForm', paste: part(() => import('./classes/class-paste.tsx')) },
  instructor: {
    words: 'instructors',
    screens: part(() => import('./instructors/instructor-screens.tsx')),
    forms: part(() => import('./instructors/instructor-form-screens.tsx')),
  },
  academicSession: {
    words: 'terms',
    screens: part(() => import('./academic-sessions/term-screens.tsx')),
    forms: part(() => import('./academic-sessions/term-form-screens.tsx')),
  },
  course: {
    words: 'courses',
    screens: part(() => import('./courses/course-screens.tsx')),
    forms: part(() => import('./courses/course-form-screens.tsx')),
  },
  room: {
    words: 'rooms',
    screens: part(() => import('./rooms/room-screens.tsx')),
    forms: part(() => import('./rooms/room-form-screens.tsx')),
  },
  department: {
    words: 'departments',
    screens: part(() => import('./departments/department-screens.tsx')),
    forms: part(() => import('./departments/department-form-screens.tsx')),
  },
  program: {
    words: 'programs',
    screens: part(() => import('./programs/program-screens.tsx')),
    forms: part(() => import('./programs/program-form-screens.tsx')),
  },
} as const satisfies Record<RecordEntity, ShownKind>
/** At the end of the page of each. */
export const recordHistory = part(() => import('./history/record-history.tsx'))
export const shownEntities = Object.keys(shownKinds) as RecordEntity[]
/** Those whose addresses are all made from one pattern. */
export type ListedEntity = {
  [E in RecordEntity]: (typeof shownKinds)[E] extends Required<Pick<ShownKind, 'screens' | 'forms'>> ? E : never
}[RecordEntity]
