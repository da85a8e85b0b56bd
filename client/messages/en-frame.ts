/** What surrounds every screen, and what went wrong. */
import type { Role } from '../../db/values.ts'
import type { Reason } from '../../server/errors.ts'
import type { Formats } from './formats.ts'

const reasons: Record<Reason, string> = {
  'class.not_found': 'This class is not in this school, or you do not teach it.',
  'database.unavailable': 'The database is not answering. Nothing was changed; try again in a moment.',
  'email.taken': 'Somebody already has an account with this email address.',
  'input.invalid': 'Some of what was entered cannot be used. Check the marked fields.',
  'input.unstorable': 'The text holds a character that cannot be stored. Remove it and save again.',
  'link.expired': 'This link has expired or was used. Restart the server and open the new link from its log.',
  'operation.key_missing': 'The page is out of step with the server. Reload it and try again.',
  'operation.key_reused': 'This was already sent with other content. Reload the page and try again.',
  'operation.repeated': 'This was already done. Reload the page to see the result.',
  'origin.foreign': 'The request came from another address than this site’s. Open Homeroom at its own address.',
  'password.common': 'This password is among the first to be guessed. Use a sentence only you would think of.',
  'permission.missing': 'Your role in this school does not allow this. Ask an administrator.',
  'program.not_found': 'This program is no longer there. Choose another.',
  'request.too_large': 'This is more than the server takes at once.',
  'school.not_found': 'There is no such school, or you do not belong to it.',
  'school.slug_taken': 'A school with this name is already here.',
  'session.missing': 'You are signed out. Sign in and try again.',
  'session.wrong_password': 'The email address or the password is not right. Check both and try again.',
  'session.too_many_attempts': 'Too many attempts to sign in. Wait 15 minutes and try again.',
  'student.not_found': 'This student is not in this school, or not in a class you teach.',
  'student.number_taken': 'Another student has this number. Give this one a different number.',
  'student.stale': 'Somebody else changed this student meanwhile. Look at their change, then save again.',
}

export const errors = ({ number, plural }: Formats) => ({
  reasons,
  noAnswer: 'The server does not answer. What you typed is still here; try again in a moment.',
  unknown: (requestId?: string) =>
    requestId
      ? `Something went wrong on the server. Try again, or tell whoever runs it this number: ${requestId}`
      : 'Something went wrong. Reload the page, and tell whoever runs this server if it happens again.',
  title: 'This page cannot be shown',
  reload: 'Reload the page',
  notFound: 'There is nothing at this address',
  notFoundHint: 'Check the address, or start from the front page.',
  toFront: 'Go to the front page',
  summary: (count: number) =>
    plural(count, { one: 'One field needs another look', other: `${number(count)} fields need another look` }),
})

export const connection = {
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
  lost: 'Homeroom is not answering. Reconnecting; what you typed is kept.',
  starting: 'Homeroom is not answering. It is asked again every few seconds.',
  noNetwork: 'This computer is offline. What you typed is kept.',
  newVersion: 'A new version of Homeroom is here. Save your work, then reload.',
  reload: 'Reload',
}

export const shell = {
  skip: 'Skip to content',
  menu: 'Menu',
  main: 'Main',
  students: 'Students',
  classes: 'Classes',
  switchSchool: 'Switch school',
  useDark: 'Use dark colors',
  useLight: 'Use light colors',
  account: (name: string) => `Account of ${name}`,
  signOut: 'Sign out',
  demo: 'Demo school: nobody here is real.',
}

export const roles: Record<Role, string> = {
  administrator: 'Administrator',
  registrar: 'Registrar',
  instructor: 'Instructor',
  viewer: 'Viewer',
}

export const noSchool = {
  title: 'You do not belong to a school yet',
  hint: 'Ask an administrator to add you. If you run this server, bring a school in:',
  importCommand: 'npx homeroom import <folder or zip>',
  check: 'Look again',
}
