import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo, useDeferredValue, useState } from 'react'
import { addressOf } from '../addresses.ts'
import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { BackLabel } from '../ui/page.tsx'
import { shownColumns, textIn } from './list-columns.ts'
import type { ListSheet } from './list-sheet.ts'
import { listWords, paperWords } from './list-words.ts'
import { Paper } from './paper.tsx'
import { viewSearch, viewText } from './view-text.ts'

/** So many letters stay on one line; longer ones make room. */
const keptWhole = 14
const classOf = (cell: string, column: number): string | undefined =>
  column === 0 ? 'paper-name' : cell.length <= keptWhole ? 'paper-short' : undefined

type Lines = readonly (readonly string[])[]

/** All rows as they will be printed, and how many are here so far. */
function useLines<Row>(sheet: ListSheet<Row>) {
  const [read, setRead] = useState(0)
  const columns = shownColumns(sheet.columns, sheet.search.cols)
  const { data, error } = useQuery({
    queryKey: ['paper', sheet.path, viewText(sheet.search)],
    enabled: sheet.isReady,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const pages: Lines[] = []
      let count = 0
      for await (const rows of sheet.pages()) {
        if (signal.aborted) break
        pages.push(rows.map((row) => columns.map((column) => textIn(column, row))))
        count += rows.length
        setRead(count)
      }
      return { pages, count }
    },
  })
  return { columns, read, whole: useDeferredValue(data), error }
}

const Body = memo(({ lines }: { lines: Lines }) => (
  <tbody>
    {lines.map((cells, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: printed lines stay where they are
      <tr key={line}>
        {cells.map((cell, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: and so do their cells
          <td key={column} className={classOf(cell, column)}>
            {cell}
          </td>
        ))}
      </tr>
    ))}
  </tbody>
))

/** A list's own page for paper: all its rows, not only those on the screen. */
export default function PrintList<Row>({ sheet }: { sheet: ListSheet<Row> }) {
  const words = useWords(paperWords)
  const { slug } = useSchool()
  const { everything } = useWords(listWords)
  const filters = sheet.filters.length ? sheet.filters : [everything]
  const { columns, read, whole, error } = useLines(sheet)
  return (
    <Paper
      title={sheet.title}
      term={sheet.term}
      facts={[...filters, whole && words.rows(whole.count)]}
      back={
        <Link
          to={addressOf(sheet)}
          params={{ school: slug }}
          search={viewSearch(viewText(sheet.search))}
          className="back"
        >
          <BackLabel>{words.back}</BackLabel>
        </Link>
      }
      isReady={Boolean(whole?.count)}
    >
      {error && <NotRead inPage title={words.failed} error={error} />}
      {!whole && !error && (
        <p className="dim" role="status">
          {words.reading(read, sheet.total)}
        </p>
      )}
      {whole && whole.count === 0 && <Empty inPage title={words.nothing} />}
      {whole && whole.count > 0 && (
        <table className="paper-table" aria-label={`${sheet.title}, ${words.allRows}`}>
          <thead>
            <tr>
              {columns.map(({ id, header }) => (
                <th key={id} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          {whole.pages.map((lines, page) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pages come in their order
            <Body key={page} lines={lines} />
          ))}
        </table>
      )}
    </Paper>
  )
}
