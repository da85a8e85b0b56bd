/** Behind an invitation, or a link for a new password. */
import type { Formats } from '../formats.ts'

export const joining = ({ list: listed, number }: Formats) => ({
  title: 'Welcome to Homeroom',
  resetTitle: 'A new password',
  invited: (name: string, schools: string[]) =>
    schools.length
      ? `${name}, ${listed(schools)} has invited you. Choose a password to come in.`
      : `${name}, choose a password to come in.`,
  again: (name: string, schools: string[]) =>
    `${name}, ${listed(schools)} has invited you. Enter the password you sign in with to join. You are signed out everywhere else.`,
  hasAccount: 'I have an account already',
  hasNoAccount: 'I have no account yet',
  present: 'Password you sign in with',
  presentHint: 'If you do not know it, ask your other school for a link to a new one.',
  presentMissing: 'Enter the password you sign in with',
  another: 'New password',
  anotherHint: (min: number) =>
    `At least ${number(min)} characters. Leave it empty only if you chose the other one yourself on your account’s page.`,
  join: 'Join',
  reset: (name: string) => `${name}, choose a new password. You are signed out everywhere else.`,
  email: 'Email',
  emailHint: 'You sign in with it.',
  password: 'Password',
  passwordHint: (min: number) =>
    `At least ${number(min)} characters; spaces count. A sentence is easier to remember than symbols.`,
  passwordShort: (min: number) => `Enter at least ${number(min)} characters`,
  passwordLong: 'This is too long. Shorten it.',
  submit: 'Set password and come in',
  useless: 'This link cannot be used',
  uselessHint: 'Links work once and not forever. Ask whoever gave it to you for a new one.',
  alreadyIn: 'If you have set a password, sign in with it.',
  toSignIn: 'Go to sign in',
})
