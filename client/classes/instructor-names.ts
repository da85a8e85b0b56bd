export const instructorNames = (instructors: readonly { givenName: string; familyName: string }[]): string =>
  instructors.map(({ givenName, familyName }) => `${givenName} ${familyName}`).join(', ')
