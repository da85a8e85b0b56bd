interface Names {
  givenName: string
  familyName: string
  middleName?: string | null
}

/** As lists are ordered: 'Abara, Amara'. */
export const listName = ({ givenName, familyName }: Names): string => [familyName, givenName].filter(Boolean).join(', ')
/** As one is called: 'Amara Abara'. */
export const fullName = ({ givenName, middleName, familyName }: Names): string =>
  [givenName, middleName, familyName].filter(Boolean).join(' ')
