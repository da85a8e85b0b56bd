/** Other ways to write the same, and fewer rows, columns or files: the plain reading is that of what is left. */
import type { Random } from './random.ts'
import type { Kind, Table, Tables } from './tables.ts'
import { idOf } from './tables.ts'

/** Without these a row does not say whom it is about or whom it reaches. */
const deciding = ['sourcedId', 'role', 'orgSourcedId', 'schoolSourcedId', 'orgSourcedIds', 'status', 'name', 'type']
const alsoDeciding = ['classSourcedId', 'userSourcedId', 'startDate', 'endDate', 'agentSourcedIds', 'birthDate']

type Change = (table: Table, random: Random) => string | undefined

const changes: Change[] = [
  (table, random) => {
    table.rows = random.shuffled(table.rows)
    return 'rows in another order'
  },
  (table, random) => {
    table.columns = random.shuffled(table.columns)
    return 'columns in another order'
  },
  (table, random) => {
    const free = table.columns.filter((column) => ![...deciding, ...alsoDeciding].includes(column))
    const gone = random.pick(free.length ? free : ['none'])
    table.columns = table.columns.filter((column) => column !== gone)
    return `without the column ${gone}`
  },
  (table, random) => {
    const gone = random.pick(table.rows)
    if (new Set(table.rows).size < 2) return undefined
    table.rows = table.rows.filter((row) => row !== gone)
    return `without the row ${gone.sourcedId}`
  },
  (table, random) => {
    const twice = random.pick(table.rows)
    table.rows = [...table.rows, twice]
    return `the row ${twice.sourcedId} twice`
  },
  (table, random) => {
    const at = random.below(table.columns.length + 1)
    table.columns = table.columns.toSpliced(at, 0, 'remark')
    const remarks = new Map(table.rows.map((row) => [idOf(row), random.pick(['', 'Bus, late', 'walks\nhome'])]))
    table.rows = table.rows.map((row) => ({ ...row, remark: remarks.get(idOf(row)) ?? '' }))
    return 'one more column'
  },
]

/** A new student is not enrolled where her own row is missing. */
export function dropOrphans(tables: Tables): void {
  const users = new Set(tables.users?.rows.map(({ sourcedId }) => sourcedId))
  const { enrollments } = tables
  if (!enrollments) return
  enrollments.rows = enrollments.rows.filter(({ userSourcedId: user = '' }) => user.length < 4 || users.has(user))
  if (!enrollments.rows.length) delete tables.enrollments
}

/** Returns what was done, in words. */
export function writeOtherwise(tables: Tables, random: Random): string[] {
  const kinds = Object.keys(tables) as Kind[]
  if (random.isChosen(0.15) && kinds.length > 1) {
    const gone = random.pick(kinds)
    delete tables[gone]
    return [`without ${gone}.csv`]
  }
  const kind = random.pick(kinds)
  const done = random.pick(changes)(tables[kind] as Table, random)
  return done ? [`${kind}.csv: ${done}`] : []
}
