/**
 * `npm run test:clock [-- <moment> … --dates]`: runs the tests, those of the browser too, with the clock at each moment, in a
 * zone and in a locale (moments.ts); with names only at these, with `--dates` only the tests that depend on dates, on SQLite.
 */
import { parseArgs } from 'node:util'
import { dateSteps, stepsAt } from './moment-steps.ts'
import { howToInstall, libfaketime, momentOf, moments, sweep } from './moments.ts'
import { build, removeFolders } from './runners.ts'
import { ensureBrowser } from './setup/install-browser.ts'
import { runSteps } from './steps.ts'

async function main(): Promise<number> {
  const options = { dates: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const at = positionals.length ? positionals.map(momentOf) : moments
  if (!libfaketime) throw new Error(`This needs libfaketime: ${howToInstall}`)
  console.log(`Browser for the tests: ${ensureBrowser()}`)
  return runSteps([build, ...at.flatMap(values.dates ? dateSteps : stepsAt)])
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message)
  return 2
})
removeFolders()
sweep()
