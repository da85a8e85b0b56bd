/**
 * Fills the migrated database that DATABASE_URL names with schools, and prints what this version's screens may ask, as JSON:
 * inputs for every procedure, made from their zod schemas. Copied into another version's tests/ it speaks for that version.
 */
import { inputVariants } from '../setup/input-variants.ts'
import { signedIn } from '../setup/listener.ts'
import { entities, rows } from '../setup/marked-rows.ts'
import { makeMarkedSchools } from '../setup/marked-school.ts'
import { db } from '../setup/people.ts'
import { inputOf, procedures } from '../setup/sample-input.ts'

export interface Question {
  path: string
  input: unknown
}
export interface Questions {
  school: string
  cookie: string
  questions: Question[]
}

/** For one procedure; fewer where each is asked about several versions. */
const most = (isQuery: boolean) => (isQuery ? 30 : 10)
const newText = 'New text'

const { home, viewers } = await makeMarkedSchools()
const administrator = viewers.find(({ name }) => name === 'administrator')
if (!administrator) throw new Error('nobody')

const plain: Record<string, string> = {
  actor: 'users',
  membership: 'memberships',
  operation: 'operations',
  parent: 'academic_sessions',
}
const tables = { ...Object.fromEntries(Object.entries(entities).map(([table, entity]) => [entity, table])), ...plain }
const own = (feature: string) =>
  feature === 'members' ? 'memberships' : feature.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const idsFor = (feature: string, field: string): string[] => {
  const table = tables[field.replace(/Ids?$/, '')] ?? own(feature)
  const found = rows.filter((row) => row.school === home.name && row.table === table)
  return (found.length ? found : rows.filter(({ table: other }) => other === 'students'))
    .slice(0, 4)
    .map(({ id }) => id)
}

/** A record is in its first version, or in a later one once it was changed: one of these is right. */
const versionsFor = (path: string) => Array.from({ length: path.endsWith('.update') ? 9 : 5 }, (_, n) => n + 1)
let texts = 0
/** Each time a text that nobody has used. */
function questionsAbout(path: string, input: unknown): Question[] {
  const written = JSON.stringify(input ?? null)
  const asked = /"version":/.test(written) ? versionsFor(path) : [1]
  const filled = (version: number) => written.replaceAll(/"version":\d+/g, `"version":${version}`)
  return asked.map((version) => ({
    path,
    input: JSON.parse(filled(version).replaceAll(newText, () => `${newText} ${++texts}`)),
  }))
}

/** While records are in their first versions, what needs them whole; at the end, what is gone for good, and the session. */
const order = [
  /\.archive$/,
  /\.restore$/,
  /\.archiveMany$/,
  /\.restoreMany$/,
  /\.updateMany$/,
  /^(?!.*(erase|merge)|(members|session|setup|invitation)\.)/i,
  /erase|merge/i,
  /^(members|setup|invitation)\./,
  /^session\./,
]
const rank = ({ path }: Question) => order.findIndex((these) => these.test(path))

const made = procedures
  .filter(([, { _def }]) => _def.type !== 'subscription')
  .map(([path, procedure]) => {
    const ids = (field: string) => idsFor(path.split('.')[0] ?? '', field)
    const inputs = inputVariants(inputOf(procedure), { ids, texts: [newText, '', 'another@school.example'] })
    const step = Math.ceil(inputs.length / most(procedure._def.type === 'query'))
    const chosen = inputs.filter((_, index) => index % step === 0)
    return {
      isQuery: procedure._def.type === 'query',
      asked: chosen.flatMap((input) => questionsAbout(path, input)),
    }
  })
const asked = (isQuery: boolean) => made.filter((one) => one.isQuery === isQuery).flatMap((one) => one.asked)
const questions = [...asked(true), ...asked(false).toSorted((one, other) => rank(one) - rank(other))]
const { cookie } = await signedIn(administrator.person)
await db.close()
console.log(JSON.stringify({ school: home.slug, cookie, questions } satisfies Questions))
