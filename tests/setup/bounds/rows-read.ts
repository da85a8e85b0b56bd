/** How many rows PostgreSQL handles for a statement. */
interface Node {
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}
export interface Explained {
  Plan: Node
}

export const explaining = (text: string): string => `explain (analyze, timing off, format json) ${text}`

/** Of every step of the plan: those it read, those it left out, and those it made of others. */
export function rowsIn(node: Node): number {
  const { 'Actual Rows': rows = 0, 'Actual Loops': loops = 0, Plans = [] } = node
  const removed =
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Join Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0)
  return (rows + removed) * loops + Plans.reduce((sum, inner) => sum + rowsIn(inner), 0)
}
