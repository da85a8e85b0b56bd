import { expect, test } from 'vitest'
import { isPostgres } from '../../../../db/dialect.ts'
import { failures, password } from '../mutants/run.ts'
import { isStored } from '../stored-bytes.ts'

/** `npm run test:mutants` says others. check:full runs thousands. An import takes several times as long on PostgreSQL. */
const inCheck = isPostgres ? 8 : 30
const { seed = 15, runs = inCheck, only } = JSON.parse(process.env.HOMEROOM_MUTANTS ?? '{}')
/** In ms. Thousands take as long as they take. */
const timeout = 600_000 + runs * 1_000
const [first, end] = only === undefined ? [0, runs] : [only, only + 1]

test('of a spoiled bundle each row is read plainly or rejected by its line, and no other school differs', {
  timeout,
}, async () => {
  for await (const { mutant, wrong, bundles } of failures(seed, first, end))
    expect.fail(
      [
        `mutant ${mutant} of seed ${seed}: npm run test:mutants -- --seed ${seed} --only ${mutant}`,
        ...wrong,
        ...bundles,
      ].join('\n'),
    )
  expect(await isStored('given s1')).toBe(true)
  expect(await isStored(password)).toBe(false)
})
