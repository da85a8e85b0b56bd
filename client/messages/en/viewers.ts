/** Who can see a student. */
import type { Formats } from '../formats.ts'

export const viewers = ({ number, plural, list: listed }: Formats) => ({
  ask: 'Who can see this student?',
  title: 'Who can see this student',
  intro: (count: number) =>
    plural(count, {
      one: 'One person of this school can open this page.',
      other: `${number(count)} people of this school can open this page.`,
    }),
  through: (classes: string[]) => `teaches ${listed(classes)}`,
  basics: 'Name, grade and classes',
  alerts: 'Alerts',
  privateDetails: 'Birth date and addresses',
  guardians: 'Guardians',
  sees: (parts: string[]) => parts.join(' · '),
  notJoined: 'Invited, has not joined yet',
  failed: 'This could not be loaded',
})
