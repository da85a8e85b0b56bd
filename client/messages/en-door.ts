/** Signing in, and setting the register up. */
import type { Formats } from './formats.ts'

export const signIn = {
  title: 'Sign in',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  emailInvalid: 'Enter an email address like name@school.example',
  passwordMissing: 'Enter your password',
  endedTitle: 'Sign in to go on',
  endedHint: (name: string) =>
    `Your session ended. Sign in as ${name}; what you typed is kept and what you were doing goes on.`,
  somebodyElse: 'Sign in as somebody else',
  notSetUp: 'This register is not set up yet',
  notSetUpHint: 'Open the setup link that the server wrote to its log, or run this beside the server:',
  initCommand: 'npx homeroom init',
}

export const setup = ({ number }: Formats) => ({
  title: 'Set up Homeroom',
  intro: 'You are making the first school and its administrator, which is you.',
  school: 'School',
  schoolName: 'School name',
  timeZone: 'Time zone',
  timeZoneHint: 'Days begin and end by it.',
  locale: 'Language and region',
  example: (today: string) => `Today is ${today}`,
  you: 'You',
  name: 'Your name',
  email: 'Your email',
  emailHint: 'You sign in with it.',
  password: 'Password',
  passwordHint: (min: number) =>
    `At least ${number(min)} characters; spaces count. A sentence is easier to remember than symbols.`,
  passwordShort: (min: number) => `Enter at least ${number(min)} characters`,
  nameMissing: 'Enter your name',
  schoolNameMissing: 'Enter the school’s name',
  submit: 'Set up this school',
  expired: 'This setup link cannot be used',
  expiredHint: 'Setup links work once, for an hour. Restart the server and open the new link from its log.',
  alreadySetUp: 'If the register is already set up, sign in.',
  toSignIn: 'Go to sign in',
})
