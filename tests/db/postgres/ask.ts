/** A process of its own, because Node reads whom it trusts when it starts: asks each address in turn, prints what comes of it. */
import { Connection } from '../../../db/postgres/connection.ts'

const outcomes: string[] = []
for (const url of process.argv.slice(2)) {
  const connection = new Connection(url)
  outcomes.push(
    await connection.send('select 1').then(
      () => 'answered',
      (error) => error.code,
    ),
  )
  await connection.end()
}
console.log(JSON.stringify(outcomes))
