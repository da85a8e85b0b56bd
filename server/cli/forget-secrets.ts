import { asc } from 'drizzle-orm'
import { compact, copiesBeside } from '../../db/compact.ts'
import type { Database } from '../../db/database.ts'
import { journalValues, schools } from '../../db/schema/index.ts'
import { kinds } from '../kinds.ts'
import { entities } from '../oneroster/comparison/known.ts'
import { forgetSecrets } from '../oneroster/secrets/forget-secrets.ts'
import type { Asked, Held } from '../oneroster/secrets/held-secrets.ts'
import { heldSecrets, staysIn } from '../oneroster/secrets/held-secrets.ts'
import { CommandError } from './command.ts'
import { lookingAt, withRegister } from './database.ts'
import { onOneLine, say } from './terminal.ts'

interface Given {
  school: string | undefined
  asked: Asked
  apply: boolean
  json: boolean
}
interface SchoolHeld {
  school: string
  held: Held[]
}

async function each(db: Database, { school: slug, asked, apply }: Given): Promise<SchoolHeld[]> {
  const all = await db.select().from(schools).orderBy(asc(schools.slug))
  const meant = all.filter((school) => slug === undefined || school.slug === slug)
  if (slug !== undefined && !meant.length) throw new CommandError(`There is no school ${JSON.stringify(slug)}`)
  const found: SchoolHeld[] = []
  for (const school of meant) {
    const held = apply
      ? await forgetSecrets(db, school, asked, new Date())
      : (await db.snapshot((tx) => heldSecrets(tx, school.id, asked))).held
    if (held.length) found.push({ school: school.slug, held })
  }
  return found
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

function sayFound(found: readonly SchoolHeld[]): void {
  if (!found.length)
    say('No such column is stored. A password under another column is found with --column, such as --column grades')
  for (const { school, held } of found)
    for (const one of held) {
      const { entity, column, records, entries } = one
      const where = `${school}: ${entity}, ${column}`
      say(
        onOneLine(
          `${where}: ${counted(records, 'record', 'records')}, ${counted(entries, 'entry', 'entries')} of the journal`,
        ),
      )
      if (staysIn(one))
        say(onOneLine(`${where}: the records keep it, since it can't be empty. Correct them, then say this once more`))
    }
}

const elsewhere = 'Backups and other copies of the database still hold what was forgotten: delete those from before now'

/** Also where nothing is found any more: the command may have died between forgetting and writing anew. */
function sayDone(hasFound: boolean, copies: readonly string[]): void {
  if (hasFound) say('Forgotten. The journal keeps no values of these records from before, and its chain is intact.')
  for (const copy of copies) say(onOneLine(`This older copy still holds it: ${copy}`))
  say(`${elsewhere}, and whoever had such a password needs a new one.`)
}

/** Without `apply` it says what would be forgotten, and changes nothing. */
export async function forget(given: Given): Promise<number> {
  const found = await (given.apply ? withRegister : lookingAt)((db) => each(db, given))
  if (!given.json) sayFound(found)
  if (given.apply) await compact([journalValues, ...entities.map((entity) => kinds[entity].table)])
  const copies = given.apply ? copiesBeside() : []
  if (given.json) say(JSON.stringify({ applied: given.apply, found, copies }))
  else if (given.apply) sayDone(found.length > 0, copies)
  else if (found.length)
    say(
      'Nothing was changed. Look at these columns, name others that held passwords with --column, and then say it again with --apply.',
    )
  return 0
}
