/** What was done by one operation, in the words of the sentences that say it. */
import type { JournalEntity, RecordEntity } from '../../../db/values.ts'
import { isRecordEntity } from '../../../db/values.ts'
import type { About } from '../../undo/own-operations.ts'
import type { Counted, Formats } from '../formats.ts'
import { kinds } from './kinds.ts'

const parts: Record<Exclude<JournalEntity, RecordEntity>, Counted> = {
  school: { one: 'school', other: 'schools' },
  membership: { one: 'account', other: 'accounts' },
  studentAddress: { one: 'address', other: 'addresses' },
  classTerm: { one: 'term of a class', other: 'terms of classes' },
  classInstructor: { one: 'instructor', other: 'instructors' },
  enrollment: { one: 'student', other: 'students' },
  schoolEnrollment: { one: 'student', other: 'students' },
  meeting: { one: 'meeting', other: 'meetings' },
  studentGuardian: { one: 'guardian link', other: 'guardian links' },
  studentAlert: { one: 'alert', other: 'alerts' },
  calendar: { one: 'calendar', other: 'calendars' },
  calendarDay: { one: 'day of the calendar', other: 'days of the calendar' },
  period: { one: 'period', other: 'periods' },
  bellSchedule: { one: 'bell schedule', other: 'bell schedules' },
  bellTime: { one: 'time of a bell schedule', other: 'times of bell schedules' },
  webhook: { one: 'webhook', other: 'webhooks' },
  savedView: { one: 'view', other: 'views' },
}

export const nounOf = (entity: JournalEntity): Counted => (isRecordEntity(entity) ? kinds[entity].noun : parts[entity])

/** Where a record is part of another, the name is the other's. */
export const ofAnother: Partial<Record<JournalEntity, string>> = {
  studentAddress: 'the address of',
  schoolEnrollment: 'the days at the school of',
  studentAlert: 'an alert of',
  studentGuardian: 'the guardians of',
  meeting: 'the timetable of',
  classTerm: 'the terms of',
  membership: 'the account of',
  bellTime: 'the times of',
}

export const verbs: Record<About['deed'], string> = {
  add: 'added',
  change: 'changed',
  archive: 'archived',
  restore: 'restored',
  enroll: 'enrolled',
  withdraw: 'withdrew',
  complete: 'completed',
  reinstate: 'reinstated',
  merge: 'merged',
  erase: 'erased the data of',
  undo: 'took back a change to',
  import: 'imported',
}

/** Half a sentence: archived Room 12, changed 24 students. */
export const deedOf =
  ({ number, plural }: Formats) =>
  ({ deed, entity, count, name }: About): string => {
    const isOfName = entity === 'schoolEnrollment' ? deed === 'withdraw' : deed === 'add'
    const what = name ? [!isOfName && ofAnother[entity], name].filter(Boolean).join(' ') : undefined
    return `${verbs[deed]} ${what ?? `${number(count)} ${plural(count, nounOf(entity))}`}`
  }
