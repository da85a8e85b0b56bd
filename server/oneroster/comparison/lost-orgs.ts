/** An organization without the zeros of its id would become a second school. */
import { fold } from '../../../db/folding.ts'
import type { Staged } from '../read/stage.ts'
import { withoutZeros } from '../read/stage.ts'
import type { RowPosition } from '../report.ts'
import { BundleError } from '../report.ts'

export const alike = (one: string | undefined, other: unknown) =>
  one !== undefined && typeof other === 'string' && other !== '' && fold(one) === fold(other)

export function refuseWithoutZeros({ file, line }: RowPosition, id: string, meant: string, more = 0): never {
  const others = more ? `, as ${more === 1 ? 'is 1 more id' : `are ${more} more ids`} of this file` : ''
  throw new BundleError(
    `${file}, line ${line}: ${id} is ${meant} without its zeros${others}: a spreadsheet has saved the file. Export it again, and open it in no spreadsheet`,
  )
}

export function refuseLostOrgs(
  { rows }: Staged,
  registered: ReadonlyMap<string, { name: string }>,
  named: Iterable<readonly [org: string, row: RowPosition]>,
): void {
  const ids = [...registered.keys(), ...[...rows.orgs.entries()].map(([id]) => id)]
  const zeros = new Map(ids.filter((id) => id.startsWith('0')).map((id) => [withoutZeros(id), id]))
  if (!zeros.size) return
  for (const [id, row] of rows.orgs.entries()) {
    const meant = zeros.get(id)
    const school = registered.get(meant ?? '')
    if (meant && meant !== id && !registered.has(id) && !rows.orgs.has(meant) && alike(row.fields.name, school?.name))
      refuseWithoutZeros(row, id, meant)
  }
  for (const [id, row] of named) {
    const meant = zeros.get(id)
    if (meant && meant !== id && !registered.has(id) && !rows.orgs.has(id)) refuseWithoutZeros(row, id, meant)
  }
}
