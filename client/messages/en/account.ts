/** One's own account. */
import type { Formats } from '../formats.ts'

export const account = ({ instant, number }: Formats) => ({
  title: 'Your account',
  fields: { name: 'Name', email: 'Email', schools: 'Schools' },
  school: (name: string, role: string) => `${name} (${role})`,
  sessions: 'Where you are signed in',
  since: (when: string) => `Signed in ${when}`,
  lastUsed: (when: string) => `Last used ${when}`,
  unknownBrowser: 'A browser that tells no name',
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  isThis: 'This browser',
  at: (iso: string) => instant(iso),
  end: 'Sign out',
  endOf: (browser: string, since: string) => `Sign out ${browser}, signed in ${since}`,
  ended: 'That session is signed out',
  endOthers: 'Sign out all others',
  othersEnded: 'All other sessions are signed out',
  failed: 'Your sessions could not be loaded',
  password: 'Password',
  passwordIntro: 'Changing it signs you out everywhere else.',
  oldPassword: 'Current password',
  newPassword: 'New password',
  oldMissing: 'Enter your current password',
  newShort: (min: number) => `Enter at least ${number(min)} characters`,
  newHint: (min: number) =>
    `At least ${number(min)} characters; spaces count. A sentence is easier to remember than symbols.`,
  tooLong: 'This is too long. Shorten it.',
  change: 'Change password',
  changed: 'Your password is changed',
})
