/** What the server itself brings in. */
import type { ImportFailure } from '../../../db/values.ts'
import type { Formats } from '../formats.ts'

export const sources = ({ number, plural }: Formats) => ({
  title: 'Brought in by the server',
  named: (source: string) => (source === 'default' ? 'Files without the name of a system' : source),
  failed: (at: string) => `Not brought in on ${at}`,
  late: (at: string) => `Nothing has come since ${at}`,
  done: (at: string) => `Brought in on ${at}`,
  reasons: {
    rejected: (rows: number) =>
      plural(rows, {
        one: '1 row cannot be brought in, so nothing was.',
        other: `${number(rows)} rows cannot be brought in, so nothing was.`,
      }),
    shrunk: () => 'The files have far fewer rows than the last ones.',
    refused: () => 'The files cannot be read as they are.',
    held: () => 'The files hold changes alone, and the ones before them were not brought in.',
    brokeOff: () => 'The server ended three times while it brought the files in.',
    internal: () => 'The server met an error that nobody foresaw.',
  } satisfies Record<ImportFailure, (rows: number) => string>,
  nothingChanged: (name: string, last: string | null) =>
    last
      ? `Nothing was changed by ${name}. The last ones came in on ${last}.`
      : `Nothing was changed by ${name}. Nothing has come in from there yet.`,
  otherSchools:
    'The files are also about schools in which you cannot import. Whoever keeps the server finds the report beside them.',
  show: {
    rejected: (rows: number) => plural(rows, { one: 'Show the row', other: `Show the ${number(rows)} rows` }),
    warnings: (rows: number) =>
      plural(rows, { one: 'Show 1 row to look at', other: `Show ${number(rows)} rows to look at` }),
  },
})
