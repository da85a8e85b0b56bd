/** Sheets of labels as shops sell them, in mm. */
export interface LabelSheet {
  paper: 'A4' | 'letter'
  columns: number
  rows: number
  width: number
  height: number
  left: number
  top: number
  /** Between one column and the next. */
  gap: number
}

export const labelSheets = {
  a4x24: { paper: 'A4', columns: 3, rows: 8, width: 70, height: 37, left: 0, top: 0.5, gap: 0 },
  a4x24Margins: { paper: 'A4', columns: 3, rows: 8, width: 63.5, height: 33.9, left: 7.2, top: 12.9, gap: 2.5 },
  letterx30: {
    paper: 'letter',
    columns: 3,
    rows: 10,
    width: 66.675,
    height: 25.4,
    left: 4.7625,
    top: 12.7,
    gap: 3.175,
  },
} as const satisfies Record<string, LabelSheet>
export type LabelSheetName = keyof typeof labelSheets
export const labelSheetNames = Object.keys(labelSheets) as LabelSheetName[]
export const paperSizes = { A4: { width: 210, height: 297 }, letter: { width: 215.9, height: 279.4 } } as const

/** Letter paper is what shops sell in North America and a few countries more. */
export const usualSheet = (locale: string): LabelSheetName =>
  /-(?:US|CA|MX|PH|CO|CL|VE)\b/.test(locale) ? 'letterx30' : 'a4x24'

/** The labels sheet by sheet; the places before the first one were used before. */
export function onSheets<Label>(
  labels: readonly Label[],
  { columns, rows }: LabelSheet,
  first: number,
): (Label | null)[][] {
  const places = [...Array.from({ length: first - 1 }, () => null), ...labels]
  const each = columns * rows
  return Array.from({ length: Math.ceil(places.length / each) }, (_, sheet) =>
    places.slice(sheet * each, (sheet + 1) * each),
  )
}
