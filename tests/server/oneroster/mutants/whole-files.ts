/** Mutations of whole files. They come last: nothing else finds its cells any more. */
import type { Mutation } from './cells.ts'
import type { Draft, DraftFile } from './draft.ts'
import { contentOf } from './draft.ts'

const becomes =
  (what: string, content: (file: DraftFile, draft: Draft) => string | Buffer | undefined): Mutation =>
  (draft, file) => {
    const made = content(file, draft)
    if (made === undefined) return false
    file.content = made
    draft.spoil(what, file)
    return true
  }

/** A cut in the last cell of a row leaves a row that looks whole, so it is moved to the row's begin. */
function cutText({ lines, format, ...file }: DraftFile, { random }: Draft): string | undefined {
  const line = random.pick(lines)
  const [before, rest] = [lines.slice(0, lines.indexOf(line)), random.below(line.cells.length - 1)]
  if (file.content !== undefined || line.cells.length < 2) return undefined
  const start = String(contentOf({ ...file, format: { ...format, endsOpen: before.length === 0 }, lines: before }))
  const cells = line.cells.slice(0, rest).map((cell) => cell + format.delimiter)
  const cell = line.cells[rest] ?? ''
  return `${start}${cells.join('')}${cell.slice(0, random.below(cell.length + 1))}`
}
export const cutFile = becomes('cut in the middle', cutText)

export const emptyFile = becomes('empty', (_, { random }) => random.pick(['', '\n\n', '\ufeff']))
export const headerAlone = becomes('without rows', ({ lines, ...file }) =>
  contentOf({ ...file, lines: lines.slice(0, 1) }),
)
export const errorPage = becomes('an error page', (_, { random }) =>
  random.pick(['<html><body>502 Bad Gateway</body></html>\n', '{"error":"token expired"}', 'Internal Server Error']),
)
export const inUtf16 = becomes('in UTF-16', (file) => Buffer.from(`\ufeff${contentOf(file)}`, 'utf16le'))
export const inLatin1 = becomes('in Latin-1', (file) =>
  /[^\0-\u007f]/.test(String(contentOf(file)).replace('\ufeff', ''))
    ? Buffer.from(String(contentOf(file)).replace('\ufeff', ''), 'latin1')
    : undefined,
)

export const exchangeFiles: Mutation = (draft, file) => {
  const other = draft.random.pick(draft.files)
  if (other === file) return false
  const [one, two] = [contentOf(file), contentOf(other)]
  file.content = two
  other.content = one
  draft.spoil(`holds what belongs to ${other.name}`, file)
  draft.spoil(`holds what belongs to ${file.name}`, other)
  return true
}
export const nameFile: Mutation = (draft, file) => {
  const name = draft.random.pick([`${file.name}.txt`, `${file.kind} (1).csv`])
  draft.spoil(`is called ${name}`, file)
  file.name = name
  return true
}
