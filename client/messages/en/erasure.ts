/** Erasing a person: what goes, what stays, and that there is no way back. */
import type { PersonEntity } from '../../../db/values.ts'

const goes: Record<PersonEntity, string[]> = {
  student: [
    'Names, number, email, birth date and addresses',
    'Alerts, notes on enrollments, and who the guardians are',
    'What history kept of all this, and any record that was merged into this one',
  ],
  guardian: [
    'Names, email and phone numbers',
    'Whose guardian this is, and every note about it',
    'What history kept of all this',
  ],
  instructor: [
    'Names, email and employment',
    'Which account belonged to this instructor',
    'What history kept of all this',
  ],
}
const history = 'In history, that something was changed, when and by whom'
const stays: Record<PersonEntity, string[]> = {
  student: [
    'A nameless place in each class, with its days and grade, so that counts and old rosters stay true',
    'Grade level, status and program',
    history,
  ],
  guardian: [history],
  instructor: [
    'A nameless place in the classes taught, status and department',
    'The name of the account, beside what was done with it',
    history,
  ],
}

export const erasure = () => ({
  title: (name: string) => `Erase the data of ${name}?`,
  goesTitle: 'This goes, and cannot be brought back',
  goes,
  staysTitle: 'This stays',
  stays,
  elsewhere:
    'Backups and exported files keep what they hold, and so does what people wrote about this person elsewhere. An import brings the person back while its source still has them.',
  confirm: 'Type the full name to confirm',
  nameHint: (name: string) => `As it stands here: ${name}`,
  missing: 'Type the name',
  submit: 'Erase for good',
  done: 'The data is erased',
})
