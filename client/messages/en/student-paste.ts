/** Parents who stand in the rows of pasted students. */
import type { guardianRelations } from '../../../db/values.ts'
import type { GuardianLine, GuardianPlace } from '../../students/pasted-guardians.ts'
import type { Formats } from '../formats.ts'

const places: Record<GuardianPlace, string> = {
  mother: 'Mother',
  father: 'Father',
  guardian1: 'Guardian 1',
  guardian2: 'Guardian 2',
}
const lines: Record<GuardianLine, string> = {
  fullName: 'name',
  givenName: 'given name',
  familyName: 'family name',
  phone: 'phone',
  otherPhone: 'other phone',
  email: 'email',
  relation: 'relation',
}
const calledPlaces: Record<GuardianPlace, readonly string[]> = {
  mother: ['mother', "mother's", 'mom', 'mum', "mum's", "mom's"],
  father: ['father', "father's", 'dad', "dad's"],
  guardian1: [
    ...[
      'guardian',
      "guardian's",
      'guardian 1',
      'parent',
      "parent's",
      'parent 1',
      'parent guardian',
      'parent guardian 1',
    ],
    ...[
      'contact 1',
      'primary contact',
      'primary guardian',
      'first guardian',
      'emergency contact',
      'emergency contact 1',
    ],
  ],
  guardian2: [
    ...['guardian 2', 'parent 2', 'parent guardian 2', 'contact 2', 'secondary contact', 'second guardian'],
    ...['emergency contact 2', 'other parent', 'other guardian'],
  ],
}
const calledLines: Record<GuardianLine, readonly string[]> = {
  fullName: ['', 'name', 'full name'],
  givenName: ['given name', 'first name', 'firstname', 'forename'],
  familyName: ['family name', 'last name', 'lastname', 'surname'],
  phone: [
    'phone',
    'mobile',
    'cell',
    'tel',
    'telephone',
    'phone number',
    'phone no',
    'contact',
    'contact number',
    'number',
  ],
  otherPhone: ['other phone', 'phone 2', 'work phone', 'work', 'home phone', 'work number'],
  email: ['email', 'e-mail', 'email address', 'mail'],
  relation: ['relation', 'relationship', 'type'],
}
const relations: Record<(typeof guardianRelations)[number], readonly string[]> = {
  mother: ['mother', 'mom', 'mum', 'm'],
  father: ['father', 'dad', 'f'],
  parent: ['parent'],
  stepparent: [
    'stepparent',
    'step parent',
    'stepmother',
    'stepfather',
    'step-mother',
    'step-father',
    'stepmom',
    'stepdad',
  ],
  fosterParent: ['foster parent', 'foster mother', 'foster father', 'foster'],
  grandparent: ['grandparent', 'grandmother', 'grandfather', 'grandma', 'grandpa', 'nan'],
  relative: ['relative', 'aunt', 'uncle', 'sister', 'brother', 'cousin'],
  guardian: ['guardian', 'legal guardian', 'carer', 'caregiver'],
  caseworker: ['caseworker', 'social worker', 'case worker'],
  other: ['other', 'friend', 'neighbor', 'neighbour'],
}

export const studentPaste = ({ number, plural }: Formats) => ({
  /** Over a column: 'Mother: phone'. */
  column: (place: GuardianPlace, line: GuardianLine) => `${places[place]}: ${lines[line]}`,
  heads: (place: GuardianPlace, line: GuardianLine) =>
    calledPlaces[place].flatMap((one) => calledLines[line].map((other) => `${one} ${other}`)),
  relations,
  email: 'Enter an email address like name@school.example',
  relation: 'Enter a relation, such as mother, grandparent or guardian',
  comingAlong: (count: number) =>
    plural(count, { one: 'One guardian comes along.', other: `${number(count)} guardians come along.` }),
  shared: (count: number) =>
    plural(count, {
      one: 'One of them has several students here.',
      other: `${number(count)} of them have several students here.`,
    }),
  alike: (one: string, other: string) =>
    `${one} and ${other} have the same phone or e-mail: they are added as two people.`,
})
