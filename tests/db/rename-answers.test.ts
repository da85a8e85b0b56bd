import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { chosen, questionIn, unanswered } from '../../db/rename-answers.ts'
import { copyProject } from './project-copy.ts'

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

test('a rename that nobody confirms makes no step, and ends in a sentence that says what to type', async () => {
  const project = copyProject()
  onTestFinished(project.remove)
  project.edit('db/schema/students.ts', 'gradeLevel:', 'yearGroup:')
  const files = () => readdirSync(join(project.folder, 'drizzle'), { recursive: true })
  const before = files()
  const { status, output } = await project.run('', process.execPath, '--import', 'tsx', 'db/generate.ts', '--name', 'x')
  expect(status).toBe(1)
  expect(output.split('\n').slice(2).join('\n')).toBe(
    'students.year_group is new, and students.grade_level is gone. drizzle-kit asks at a terminal whether it was renamed, which keeps what is in it. Without a terminal, say it: npm run db:generate -- --name <what-changed> --renamed students.grade_level=year_group or --created students.year_group\n',
  )
  expect(files()).toEqual(before)
})
