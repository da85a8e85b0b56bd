/** Which values tell by themselves that they stand in a wrong column. What else is exchanged in a row of right width can't be seen. */
const ids = /SourcedIds?$|^sourcedId$/
const anywhere = ['username', 'identifier', 'remark', 'sex', 'shirt', 'note', 'schoolYearSourcedId']
const places: { is: RegExp; in: (column: string) => boolean }[] = [
  { is: /^[^\s@,]+@[^\s@,]+\.[a-z]+$/, in: (column) => column === 'email' || column === 'sms' || ids.test(column) },
  { is: /^\d{4}-\d{2}-\d{2}$/, in: (column) => /Date$|^dateLastModified$|^(parentS|termS|s)ourcedIds?$/.test(column) },
  { is: /^(true|false)$/, in: (column) => column === 'enabledUser' || column === 'primary' },
]

export const isSeen = (cell: string, column: string): boolean =>
  !anywhere.includes(column.replaceAll('"', '')) &&
  places.some((place) => place.is.test(cell.replaceAll('"', '')) && !place.in(column.replaceAll('"', '')))

export const isCode = (column: string): boolean =>
  /SourcedIds?$|Date$|^(sourcedId|status|type|role|primary)$/.test(column)
