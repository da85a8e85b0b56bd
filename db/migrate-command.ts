import { migrate } from './migrate.ts'
import { sayProgress } from './migration-progress.ts'

const progress = sayProgress((line) => console.error(line))
try {
  const { made, applied, copy, unvalidated = [] } = await migrate('drizzle', { tell: progress.tell })
  if (copy) console.log(`Copied the database to ${copy}`)
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply')
  if (made) console.log(made)
  for (const reason of unvalidated) console.error(reason)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
progress.end()
