import { fullName } from '../students/student-name.ts'

export const instructorNames = (instructors: readonly { givenName: string; familyName: string }[]): string =>
  instructors.map(({ givenName, familyName }) => fullName({ givenName, familyName })).join(', ')
