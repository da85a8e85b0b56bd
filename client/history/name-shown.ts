import type { JournalEntity } from '../../db/values.ts'
import { useFormats } from '../messages/messages.tsx'
import { calledName } from '../people.ts'

/** The name of a record as history and home show it: a day of the calendar is known by its date. */
export function useNameShown(): (entity: JournalEntity, name: string) => string {
  const { date } = useFormats()
  return (entity, name) => (entity === 'calendarDay' && name ? date(name) : calledName(name))
}
