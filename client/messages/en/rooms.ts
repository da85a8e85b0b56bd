/** Rooms: the list, a room, its form. */
import type { ListedWords } from '../../records/record-words.ts'
import type { Inputs } from '../../trpc.ts'
import type { Formats } from '../formats.ts'
import { listOf, screensOf } from './called.ts'
import { seats } from './heads.ts'
import { manyOf } from './many-of.ts'

export const rooms = ({ number, plural }: Formats) =>
  ({
    ...screensOf('room', 'Rooms'),
    fields: { name: 'Name', seats: 'Seats' },
    missing: { name: 'Enter a name or number' },
    wrong: { seats: 'Enter a whole number, such as 30' },
    heads: { name: ['room', 'room name', 'room number', 'number', 'no'], seats },
    inUse: {
      standing: {
        class: (count) =>
          plural(count, { one: 'One class uses this room', other: `${number(count)} classes use this room` }),
        meeting: (count) =>
          plural(count, { one: 'One meeting takes place in it', other: `${number(count)} meetings take place in it` }),
      },
      end: (count) =>
        plural(count, {
          one: 'Archive and take the room away from them',
          other: 'Archive and take the rooms away from them',
        }),
    },
    many: { ...manyOf({ number, plural }, 'room', 'rooms'), set: { seats: 'Set seats' } },
    list: {
      ...listOf('rooms', 'Rooms'),
      searchHint: 'Name',
      noneYetHint: 'Rooms are where classes meet. Add the first one here.',
    },
    columns: { name: 'Name', seats: 'Seats', classes: 'Classes' },
    seatsHint: 'Empty where it is not known',
    seats: (count: number) => plural(count, { one: '1 seat', other: `${number(count)} seats` }),
    classes: (count: number) => plural(count, { one: '1 class', other: `${number(count)} classes` }),
    noClasses: 'No class uses this room.',
  }) satisfies ListedWords<keyof Inputs['rooms']['create'], 'room'>
