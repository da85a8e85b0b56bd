/** Setting the register up. */
import type { Formats } from '../formats.ts'

export const setup = ({ number }: Formats) => ({
  title: 'Set up Homeroom',
  intro: 'You are making the first school and its administrator, which is you.',
  school: 'School',
  schoolName: 'School name',
  timeZone: 'Time zone',
  timeZoneHint: 'Days begin and end by it.',
  locale: 'Dates and numbers',
  example: (today: string) => `Today is ${today}`,
  you: 'You',
  name: 'Your name',
  email: 'Your email',
  emailHint: 'You sign in with it.',
  emailInvalid: 'Enter an email address like name@school.example',
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
