/**
 * Part of `npm run check`: the schema and the two folders of migrations say the same (on a copy of them), and no step locks,
 * loses or breaks anything in a school that is at work.
 */
import { lintSteps, reportLines } from '../db/lint/lint-steps.ts'
import { outOfStep } from './db/out-of-step.ts'
import { copyProject } from './db/project-copy.ts'

const linted = lintSteps('.')
for (const line of reportLines(linted)) console.error(line)
if (linted.findings.length) process.exitCode = 1

const project = copyProject()
try {
  const found = await outOfStep(project)
  for (const line of found) console.error(line)
  if (found.length) process.exitCode = 1
  else console.log('The schema, drizzle/sqlite and drizzle/postgresql are in step')
} finally {
  project.remove()
}
