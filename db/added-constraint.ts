export interface AddedConstraint {
  table: string
  name: string
  clause: string
  isReference: boolean
  breaking: string
}

const addition = /^ALTER TABLE [`"]?(\w+)[`"]? ADD (CONSTRAINT [`"]?(\w+)[`"]? (.*?));?$/is
const checkForm = /^CHECK ?\((.*)\)/is
const referenceForm = /^FOREIGN KEY ?\(([^)]*)\) REFERENCES (?:"public"\.)?[`"]?(\w+)[`"]? ?\(([^)]*)\)/i

const namesIn = (list: string) => list.split(',').map((name) => name.replace(/[\s`"]/g, ''))

function withoutParent(table: string, [, own = '', parent = '', others = '']: RegExpExecArray): string {
  const [from, to] = [namesIn(own), namesIn(others)]
  const isSet = from.map((column) => `"${table}"."${column}" is not null`)
  const isSame = from.map((column, index) => `parent."${to[index]}" = "${table}"."${column}"`)
  return `select * from "${table}" where ${isSet.join(' and ')} and not exists (select 1 from "${parent}" parent where ${isSame.join(' and ')})`
}

export function addedConstraint(statement: string): AddedConstraint | undefined {
  const [, table = '', clause = '', name = '', rule = ''] = addition.exec(statement) ?? []
  const [check, reference] = [checkForm.exec(rule), referenceForm.exec(rule)]
  if (check)
    return { table, name, clause, isReference: false, breaking: `select * from "${table}" where not (${check[1]})` }
  if (reference) return { table, name, clause, isReference: true, breaking: withoutParent(table, reference) }
  return undefined
}

export const rowsToMend = ({ table, name, breaking }: Pick<AddedConstraint, 'table' | 'name' | 'breaking'>): string =>
  `rows of ${table} break the constraint ${name}. Correct the rows that this query finds, then run npx homeroom migrate: ${breaking}`
