/** A class as a kind of record, and its form. */
import type { KindWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { code, seats } from './heads.ts'
import { manyOf } from './many-of.ts'

const missing = { title: 'Enter a title' }
const wrong = { capacity: 'Enter a whole number of seats, or leave it empty for no limit' }

const kind = ({ number, plural }: Formats) =>
  ({
    title: 'Classes',
    add: 'Add class',
    conflict: 'Somebody else saved this class first',
    fields: {
      title: 'Title',
      code: 'Code',
      courseId: 'Course',
      academicSessionIds: 'Terms',
      capacity: 'Seats',
      roomId: 'Room',
    },
    missing,
    wrong,
    heads: {
      title: ['class', 'name', 'class title', 'class name', 'section'],
      code: ['class code', ...code],
      courseId: ['course code', 'course title', 'subject'],
      academicSessionIds: ['term', 'session', 'semester', 'sessions'],
      capacity: seats,
      roomId: ['room name', 'room number', 'place', 'location'],
    },
    inUse: {
      standing: {
        enrollment: (count: number) =>
          plural(count, {
            one: 'One student is enrolled or waits',
            other: `${number(count)} students are enrolled or wait`,
          }),
        meeting: (count: number) =>
          plural(count, { one: 'One meeting is planned', other: `${number(count)} meetings are planned` }),
        classInstructor: (count: number) =>
          plural(count, { one: 'One instructor teaches it', other: `${number(count)} instructors teach it` }),
      },
      end: () => 'Archive and end them today',
    },
    many: {
      ...manyOf({ number, plural }, 'class', 'classes'),
      set: {
        courseId: 'Set course',
        roomId: 'Set room',
        capacity: 'Set seats',
        academicSessionIds: 'Set term',
      },
    },
  }) satisfies KindWords<keyof Inputs['classes']['create'], 'class'>

const form = ({ list, number, plural }: Formats) => ({
  about: 'Class',
  holding: {
    collides: (titles: string[]) => `Would be in this room at the same time as ${list(titles)}`,
    label: 'Set the room anyway, because…',
    missing: 'Choose another room, or say why classes are to share this one',
    submit: 'Set anyway',
  },
  place: 'Seats and room',
  noCourse: 'No course',
  noRoom: 'No room',
  capacityHint: 'Empty for no limit',
  roomHint: 'Where it usually meets',
  termDays: (from: string, until: string) => `${from} to ${until}`,
  roomChoice: (name: string, seats: number | null) =>
    seats === null ? name : plural(seats, { one: `${name}, 1 seat`, other: `${name}, ${number(seats)} seats` }),
  earlierTerms: 'Show earlier terms',
  seats: (count: number) => plural(count, { one: '1 seat', other: `${number(count)} seats` }),
  noTerms: 'There are no terms yet. Add them under Terms first.',
})

export const classForm = (formats: Formats) => ({ ...kind(formats), form: form(formats) })
