/** People and roles. */
import type { Role } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'

const roleHints: Record<Role, string> = {
  administrator: 'Sees and changes everything, and decides who may do what.',
  registrar: 'Sees and changes the whole register, private details included.',
  instructor: 'Sees their own classes and the students in them, and nothing else.',
  viewer: 'Looks at the register without private details, and changes nothing.',
}

const list = ({ number, plural }: Formats) => ({
  title: 'People and roles',
  removedTitle: 'Removed people',
  count: (count: number) => plural(count, { one: '1 person', other: `${number(count)} people` }),
  table: 'People who belong to this school, one per row',
  invite: 'Invite a person',
  apps: 'Apps',
  shown: 'Shown',
  belonging: 'Belong to the school',
  removed: 'Removed',
  nobodyRemoved: 'Nobody was removed',
  nobodyRemovedHint: 'Whoever is removed from the school can be let in again from here.',
  failed: 'The people could not be loaded',
  you: '(you)',
  columns: { name: 'Name', email: 'Email', role: 'Role', instructor: 'Instructor', state: 'State', seen: 'Last seen' },
  states: { active: 'Active', invited: 'Invited', disabled: 'Disabled', service: 'App' },
  neverSeen: 'Not yet',
})

const one = ({ instant, number, plural }: Formats) => ({
  back: 'People and roles',
  fields: { name: 'Name', email: 'Email', role: 'Role', instructorId: 'Instructor' },
  roleHints,
  noInstructor: 'Nobody',
  instructorHint: 'Their classes are what this person sees.',
  withoutInstructor: 'Without an instructor, this person sees no classes and no students.',
  instructorsFailed: 'The instructors could not be loaded. Reload the page to choose one.',
  save: 'Save changes',
  saved: (name: string) => `Saved ${name}`,
  access: 'Signing in',
  invitedUntil: (iso: string) => `Invited; the link works until ${instant(iso)}`,
  waits:
    'This person sees nothing of the school until they open a link from you and choose a password, or confirm the one they have.',
  invitedWithoutLink: 'Invited; no link works any more. Make a new one.',
  disabled: 'This account is disabled and cannot sign in, in any school.',
  sessions: (count: number) =>
    plural(count, { one: 'Signed in on one device', other: `Signed in on ${number(count)} devices` }),
  notSignedIn: 'Signed in nowhere',
  lastSeen: (iso: string) => `Last seen ${instant(iso)}`,
  activityHidden: 'Only an administrator of all schools of this account sees where it is signed in.',
  makeReset: 'Make a link for a new password',
  makeInvitation: 'Make a new invitation link',
  service: 'An app. It comes in by its tokens alone.',
  noLink:
    'This account has rights beyond your own, so only an administrator of all its schools, or whoever runs this server, can make a link for it.',
  endSessions: 'Sign out everywhere',
  sessionsEnded: (name: string) => `${name} is signed out everywhere`,
  disable: 'Disable account',
  isDisabled: (name: string) => `${name} can no longer sign in, and is signed out everywhere`,
  enable: 'Enable account',
  isEnabled: (name: string) => `${name} can sign in again`,
  owner: 'Owns this register: an administrator of every school that is added.',
  makeOwner: 'Make an owner of the register',
  madeOwner: (name: string) => `${name} is an owner of the register`,
  giveUpOwnership: 'Give up owning the register',
  gaveUpOwnership: 'You no longer own the register',
  remove: 'Remove from school',
  removed: (name: string) => `${name} no longer belongs to this school`,
  undo: 'Undo',
  restore: 'Let in again',
  restored: (name: string) => `${name} belongs to this school again`,
  waitsAgain: (name: string) => `${name} belongs to this school again once they open a new link from you`,
  isRemoved: (iso: string) => `Removed ${instant(iso)}. This person finds the school gone.`,
})

const demoteHints: Record<Exclude<Role, 'administrator'>, string> = {
  registrar: 'You will be a registrar from the next click on, and only another administrator can change that.',
  instructor: 'You will be an instructor from the next click on, and only another administrator can change that.',
  viewer: 'You will be a viewer from the next click on, and only another administrator can change that.',
}

const yourself = {
  demoteTitle: 'Give up your own role?',
  demoteHints,
  demote: 'Give up my role',
  removeTitle: 'Remove yourself from this school?',
  removeHint: 'The school will be gone for you at once, and only another administrator can let you in again.',
  remove: 'Remove myself',
  keep: 'Keep it as it is',
}

const invite = {
  title: 'Invite a person',
  intro:
    'They get a link from you, choose their own password with it, and are in. Until then they see nothing of the school.',
  nameMissing: 'Enter a name',
  emailInvalid: 'Enter an email address like name@school.example',
  submit: 'Invite',
  another: 'Invite another person',
  done: 'Go to their page',
}

const link = ({ instant }: Formats) => ({
  invitation: (name: string) => `Hand this link to ${name}`,
  passwordReset: (name: string) => `Hand this link to ${name} for a new password`,
  hint: (until: string) =>
    `It is shown this once, works once, and until ${instant(until)}. Whoever opens it can come in as them: give it to nobody else.`,
  invitationHint: 'If they have an account already, they join with its password.',
  resetHint: 'Their old password works until they use it. Every device they are signed in on is signed out then.',
  label: 'Link',
  copy: 'Copy link',
  copied: 'Link copied',
})

export const members = (formats: Formats) => ({
  list: list(formats),
  one: one(formats),
  yourself,
  invite,
  link: link(formats),
})
