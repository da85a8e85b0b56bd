/** Whom to call and where to write, on paper. */
import type { Formats } from '../formats.ts'

export const contacts = ({ number, plural }: Formats) => ({
  emergency: 'Emergency sheet',
  emergencyOf: (title: string) => `Emergency sheet: ${title}`,
  labels: 'Address labels',
  labelsOf: (title: string) => `Address labels: ${title}`,
  toClass: 'Back to the class',
  toStudents: 'Back to the students',
  chosen: (count: number) => plural(count, { one: 'one chosen student', other: `${number(count)} chosen students` }),
  students: (count: number) => plural(count, { one: 'one student', other: `${number(count)} students` }),
  reading: 'Reading whom to call',
  failed: 'This sheet could not be read',
  nobody: 'There is no student on this sheet',
  tooMany: (most: number) => `This list has more than ${number(most)} students. Filter it, or choose some of them.`,
  columns: {
    student: 'Student',
    alerts: 'Must be known',
    guardians: 'Whom to call, in this order',
    address: 'Address',
  },
  born: (date: string) => `Born ${date}`,
  noAlerts: 'Nothing is entered',
  noGuardians: 'Nobody is linked',
  noPhone: 'No phone number',
  noAddress: 'No address',
  print: 'Print',
  sheet: 'Sheets of labels',
  sheets: {
    a4x24: 'A4, 3 × 8, each 70 × 37 mm',
    a4x24Margins: 'A4, 3 × 8, each 63.5 × 33.9 mm',
    letterx30: 'Letter, 3 × 10, each 2⅝ × 1 in',
  },
  address: 'Address',
  addresses: { local: 'Local, else permanent', permanent: 'Permanent, else local' },
  first: 'First label',
  labelCount: (labels: number, sheets: number) =>
    plural(labels, { one: 'One label', other: `${number(labels)} labels` }) +
    plural(sheets, { one: ' on one sheet', other: ` on ${number(sheets)} sheets` }),
  onceEach: 'Brothers and sisters at one address get one label. Who may have no contact is left out.',
  printHint: 'Print at 100 %, with no margins.',
  familyOf: (name: string) => `Family ${name}`,
  without: (count: number) =>
    plural(count, {
      one: 'One student has no address and gets no label:',
      other: `${number(count)} students have no address and get no label:`,
    }),
  sheetNumber: (page: number) => `Sheet ${number(page)}`,
})
