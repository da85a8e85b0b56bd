import type { Row } from './proof.ts'

const columns = ['test', 'load', 'figure', 'limit'] as const

/** As Markdown, so that it can stand in the docs as it is. */
export function printTable(rows: readonly Row[]): void {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`
  console.log(`\n${line([...columns, 'ok'])}`)
  console.log(line(Array(columns.length + 1).fill('---')))
  for (const row of rows) console.log(line([...columns.map((column) => row[column]), row.ok ? 'yes' : '**NO**']))
}
