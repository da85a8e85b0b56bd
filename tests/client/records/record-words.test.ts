import { expect, test } from 'vitest'
import type { KindWords } from '../../../client/records/record-words.ts'

const said = (count: number) => String(count)

test('a kind that says nothing of what stands on its records does not compile', () => {
  const end = () => 'Archive'
  const room: KindWords<string, 'room'>['inUse'] = { standing: { class: said, meeting: said }, end }
  // @ts-expect-error meetings take place in a room too
  const without: KindWords<string, 'room'>['inUse'] = { standing: { class: said }, end }
  // @ts-expect-error students are in a program
  const silent: KindWords<string, 'program'>['inUse'] = null
  // @ts-expect-error it is the student that people know, not the link to her
  const linked: KindWords<string, 'guardian'>['inUse'] = { standing: { studentGuardian: said }, end }
  expect([room, without, silent, linked]).toHaveLength(4)
})
