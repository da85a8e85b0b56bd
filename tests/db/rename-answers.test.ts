import { expect, test } from 'vitest'
import { chosen, questionIn, unanswered } from '../../db/rename-answers.ts'

/** As drizzle-kit prints it, with its colors. */
const ofColumn =
  '\nIs \u001b[1m\u001b[34mfloor\u001b[39m\u001b[22m column in \u001b[1mrooms\u001b[22m table created or renamed from another column?\n\u001b[32m❯ \u001b[39m+ floor         create column\n  ~ seats › floor \u001b[90mrename column\u001b[39m\n  ~ level › floor \u001b[90mrename column\u001b[39m'
const question = { added: 'rooms.floor', renames: ['rooms.seats=floor', 'rooms.level=floor'] }

test('a question of drizzle-kit is understood, and other output is none', () => {
  expect(questionIn(ofColumn)).toEqual(question)
  expect(
    questionIn('Is spaces table created or renamed from another table?\n❯ + spaces create\n  ~ rooms › spaces rename'),
  ).toEqual({
    added: 'spaces',
    renames: ['rooms=spaces'],
  })
  expect(questionIn('36 tables\nrooms 8 columns')).toBeUndefined()
})

test.each([
  [0, ['rooms.floor']],
  [1, ['rooms.seats=floor']],
  [2, ['students.seats=floor', 'rooms.level=floor']],
  [undefined, ['students.floor', 'rooms.floor=level']],
  [undefined, []],
])('%s choices lie above the answer of %j', (above, answers) => {
  expect(chosen(question, answers)).toBe(above)
})

test('what nobody has answered is said with the words to type', () => {
  expect(unanswered(question)).toContain(
    '--renamed rooms.seats=floor or --renamed rooms.level=floor or --created rooms.floor',
  )
})
