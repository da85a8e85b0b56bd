/** Photos of students. */
import type { Formats } from '../formats.ts'

export const photos = ({ number, plural }: Formats) => ({
  add: (name: string) => `Add a photo of ${name}`,
  change: (name: string) => `Change the photo of ${name}`,
  invitation: 'Drop a picture here, paste one with Ctrl+V, or choose a file.',
  choose: 'Choose a file',
  take: 'Take a photo',
  hint: 'The picture is made small in this browser. Its place, time and camera are left out.',
  preview: 'As it will be kept',
  making: 'Making the picture small',
  save: 'Save photo',
  remove: 'Remove photo',
  unreadable: 'This file is no picture that this browser can read. Choose a JPEG, PNG or WebP file.',
  noPicture: 'Choose a picture first.',
  saved: (name: string) => `The photo of ${name} is saved`,
  removed: (name: string) => `The photo of ${name} is removed`,
  sheet: 'Photo sheet',
  sheetOf: (title: string) => `Photo sheet: ${title}`,
  without: (count: number) => plural(count, { one: 'one without a photo', other: `${number(count)} without a photo` }),
})
