import { erasedName } from './messages/erased-name.ts'

interface Names {
  givenName: string
  familyName: string
  middleName?: string | null
}

/** A name as the server put it together. */
export const calledName = (name: string): string => name || erasedName()

/** As lists are ordered: 'Abara, Amara'. */
export const listName = ({ givenName, familyName }: Names): string =>
  calledName([familyName, givenName].filter(Boolean).join(', '))
/** As one is called: 'Amara Abara'. */
export const fullName = ({ givenName, middleName, familyName }: Names): string =>
  calledName([givenName, middleName, familyName].filter(Boolean).join(' '))

export const instructorNames = (instructors: readonly Names[]): string =>
  instructors.map(({ givenName, familyName }) => fullName({ givenName, familyName })).join(', ')
