/** The head of a record's history; the rest loads when it is opened. */
export const recordHistory = {
  title: 'History',
  show: 'Show history',
  hide: 'Hide history',
}
