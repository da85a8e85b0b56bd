/** Two systems with the same ids, and mutants of their bundles. */
import { everythingIn, importFiles } from '../bundle.ts'
import { contentOf, Draft } from './draft.ts'
import { makeDraft, partsOf, prove, textOf } from './mutant.ts'
import { Random } from './random.ts'
import type { Held } from './register.ts'
import { allSchools, heldIn } from './register.ts'
import type { Kind, Table } from './tables.ts'
import { schoolOf } from './tables.ts'

/** So many mutants meet one pair of schools, whose journals grow. */
const batch = 40
/** No other text of the files begins so. */
export const password = 'Canary'

export interface Failure {
  mutant: number
  wrong: string[]
  /** What was done to each, what the import said, and their files. */
  bundles: string[]
}
interface System {
  source: string
  school: { id: number }
  held: Held
}

/** Both systems call their school by the same id, too. */
async function newSystem(source: string, org: string, random: Random): Promise<System> {
  const draft = new Draft(random, schoolOf(org, 0, random), {})
  const files = Object.fromEntries(draft.files.map((file) => [file.name, contentOf(file)]))
  const { isApplied, texts } = await importFiles(files, { source })
  const school = (await allSchools()).find((one) => one.source === source)
  if (!isApplied || !school) throw new Error(`the first bundle was not taken: ${texts.rejected.join('\n')}`)
  return { source, school, held: await heldIn(school) }
}

function plantPasswords(tables: Record<Kind, Table>, n: number, random: Random): void {
  const { users } = tables
  if (random.isChosen(0.5)) {
    const column = random.pick(['password', 'pwd', 'Kennwort'])
    users.columns = users.columns.toSpliced(random.below(users.columns.length + 1), 0, column)
    users.rows = users.rows.map((row) => ({
      ...row,
      [column]: random.isChosen(0.8) ? `${password}-${n}-${row.sourcedId}` : '',
    }))
  } else {
    users.columns = [...users.columns, 'shirt']
    users.rows = users.rows.map((row) => ({ ...row, shirt: random.pick(['', 'red', 'red, large']) }))
  }
}

async function othersDiffer(other: System, schools: number): Promise<string[]> {
  const is = JSON.stringify(await everythingIn(other.school))
  const isMade = (await allSchools()).length !== schools
  return [
    ...(is === JSON.stringify(other.held.everything) ? [] : ['the other school differs']),
    ...(isMade ? ['a school was made'] : []),
  ]
}

async function runOne(seed: number, n: number, target: System, other: System): Promise<Failure | undefined> {
  const random = new Random(seed, n)
  const all = schoolOf(orgOf(n), n, random)
  plantPasswords(all, n, random)
  const schools = (await allSchools()).length
  const wrong: string[] = []
  const seen: string[] = []
  for (const part of partsOf(all, random)) {
    const made = makeDraft(part, target.source, part === all, random)
    const proof = await prove(made, target.held, () => heldIn(target.school))
    target.held = proof.after
    wrong.push(...proof.wrong)
    seen.push([...made.draft.done, JSON.stringify(made.options), proof.told, textOf(made.draft)].join('\n'))
    if (wrong.length) break
  }
  wrong.push(...(await othersDiffer(other, schools)))
  return wrong.length ? { mutant: n, wrong, bundles: seen } : undefined
}

const orgOf = (n: number) => `oak-${Math.floor(n / batch)}`

/** Mutants from `first` to before `end`; those before `first` of its pair of schools are brought in, too. */
export async function* failures(seed: number, first: number, end: number): AsyncGenerator<Failure> {
  let systems: [System, System] | undefined
  for (let n = first - (first % batch); n < end; n++) {
    if (n % batch === 0) {
      const random = new Random(seed, -n - 2)
      systems = [await newSystem(`north-${n}`, orgOf(n), random), await newSystem(`south-${n}`, orgOf(n), random)]
    }
    if (!systems) return
    const [target, other] = n % 4 ? systems : [systems[1], systems[0]]
    const failure = await runOne(seed, n, target, other)
    if (failure && n >= first) yield failure
  }
}
