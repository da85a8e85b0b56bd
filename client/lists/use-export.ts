import { useEffect, useEffectEvent, useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool, useToday } from '../school.tsx'
import { toast } from '../ui/toast.tsx'
import { csvLines, csvOf, saveFile } from './csv.ts'
import { useSeparator } from './csv-separator.ts'
import { cellsInFile, headsInFile, shownColumns } from './list-columns.ts'
import type { ListSheet } from './list-sheet.ts'
import { listWords } from './list-words.ts'

/** Begins at once, and ends with the file, with an error, or with the dialog. */
export function useExport<Row>(sheet: ListSheet<Row>, onDone: () => void) {
  const words = useWords(listWords)
  const { name } = useSchool()
  const today = useToday()
  const [separator] = useSeparator(useFormats().locale)
  const [read, setRead] = useState(0)
  const [error, setError] = useState<unknown>(null)

  const run = useEffectEvent(async ({ signal }: AbortController) => {
    const columns = shownColumns(sheet.columns, sheet.search.cols)
    const parts = [csvOf([headsInFile(columns)], separator)]
    let count = 0
    for await (const rows of sheet.pages()) {
      if (signal.aborted) return
      const cells = rows.map((row) => cellsInFile(columns, row))
      parts.push(csvLines(cells, separator))
      count += rows.length
      setRead(count)
    }
    saveFile(`${name} - ${sheet.title} - ${today}.csv`, parts)
    toast(words.exported(count))
    onDone()
  })
  const { isReady } = sheet
  useEffect(() => {
    if (!isReady) return
    const stop = new AbortController()
    run(stop).catch((reason: unknown) => !stop.signal.aborted && setError(reason))
    return () => stop.abort()
  }, [isReady])
  return { read, error }
}
