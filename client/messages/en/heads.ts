/** Heads that several kinds have over the columns of a spreadsheet. */
export const people = {
  givenName: ['first name', 'given names', 'forename', 'first'],
  familyName: ['last name', 'surname', 'family', 'last'],
  middleName: ['middle', 'middle names'],
  preferredName: ['nickname', 'known as', 'called', 'preferred'],
  email: ['e-mail', 'email address', 'mail'],
}
export const department = ['dept', 'faculty', 'division', 'department name']
export const seats = ['capacity', 'places', 'size', 'max', 'maximum']
export const code = ['no', 'number', 'id', 'short name', 'abbreviation']
