/**
 * `npm run report -- --base <ref> [--head <ref>] [--out <file>]`: what the check says of a change, in Markdown. It reads what
 * the runs of the parts of the check left in `reports/<commit>`, and says where a part has not run.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commentOf } from './comment.ts'
import { reportsIn } from './folder.ts'
import { commitOf, parting } from './git.ts'

const options = {
  base: { type: 'string' },
  head: { type: 'string', default: 'HEAD' },
  out: { type: 'string' },
} as const
const { base: baseName, head: headName, out } = parseArgs({ options }).values
if (baseName === undefined) {
  console.error('Say against what: npm run report -- --base origin/main')
  process.exit(2)
}
const named = (name: string): string => {
  try {
    return commitOf(name)
  } catch {
    console.error(`There is no commit ${name} here`)
    process.exit(2)
  }
}
const head = named(headName)
const base = parting(named(baseName), head)
const at = (commit: string) => reportsIn(join('reports', commit))
const comment = await commentOf({ base, head, before: at(base), after: at(head) })
if (out === undefined) process.stdout.write(comment)
else writeFileSync(out, comment)
