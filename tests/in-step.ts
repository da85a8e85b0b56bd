/** Part of `npm run check`: the schema and the two folders of migrations say the same. Works on a copy of them. */
import { outOfStep } from './db/out-of-step.ts'
import { copyProject } from './db/project-copy.ts'

const project = copyProject()
try {
  const found = await outOfStep(project)
  for (const line of found) console.error(line)
  if (found.length) process.exitCode = 1
  else console.log('The schema, drizzle/sqlite and drizzle/postgresql are in step')
} finally {
  project.remove()
}
