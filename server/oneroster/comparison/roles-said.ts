import { canonical } from '../../canonical.ts'

const days = new Set(['dateLastModified', 'beginDate', 'endDate', 'roleStartDate', 'roleEndDate'])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Who she is today follows from the days and is compared by itself, so new days alone are no change. */
export function rolesSaid(text: string): string {
  const rows = parsed(text)
  if (!Array.isArray(rows)) return text
  const undated = rows.map((row) => Object.fromEntries(Object.entries(Object(row)).filter(([name]) => !days.has(name))))
  return canonical(undated.map(canonical).toSorted())
}
