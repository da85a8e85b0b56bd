/** One's own account. */
import type { Formats } from '../formats.ts'

export const account = ({ instant, number }: Formats) => ({
  title: 'Your account',
  fields: { name: 'Name', email: 'Email', schools: 'Schools' },
  sessions: 'Where you are signed in',
  since: (iso: string) => `Signed in ${instant(iso)}`,
  lastUsed: (iso: string) => `Last used ${instant(iso)}`,
  unknownBrowser: 'A browser that tells no name',
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  isThis: 'This browser',
  end: 'Sign out',
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
