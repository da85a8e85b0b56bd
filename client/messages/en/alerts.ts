/** What must be known of a student. */
import type { alertKinds } from '../../../db/values.ts'

const alertKindNames: Record<(typeof alertKinds)[number], string> = {
  medical: 'Medical',
  custody: 'Custody',
  safety: 'Safety',
  other: 'Good to know',
}

export const alerts = () => ({
  list: (name: string) => `Alerts about ${name}`,
  kinds: alertKindNames,
  add: 'Add alert',
  edit: (text: string) => `Change alert: ${text}`,
  addTitle: (name: string) => `Add an alert about ${name}`,
  editTitle: (name: string) => `Change an alert about ${name}`,
  kind: 'Kind',
  text: 'What must be known',
  textHint: 'Whoever teaches the student reads it too. Short: what it is, and what to do.',
  missing: 'Say what must be known',
  save: 'Save changes',
  remove: 'Take alert away',
  removedToast: 'The alert is taken away',
  undo: 'Undo',
  barred: (name: string) => `No contact: ${name}`,
  nobodyPicksUp: 'Nobody is marked as allowed to pick up',
  noCustody: 'No guardian is marked as having custody',
  askOffice: 'Ask the office before anybody picks this student up',
})
