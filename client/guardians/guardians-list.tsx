import type { ListColumn } from '../lists/list-columns.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName, nameInFile } from '../people.ts'
import { RecordsPage } from '../records/records-page.tsx'
import { usePages } from '../records/use-pages.ts'
import { usePlainLook } from '../records/use-plain-look.tsx'
import { useRecordsSearch } from '../records/use-records-search.ts'
import type { GuardianRow } from './guardian-kind.ts'
import { guardianKind, guardianWords } from './guardian-kind.ts'

export function useColumns(): ListColumn<GuardianRow>[] {
  const { columns: heads, fields } = useWords(guardianWords)
  const { number } = useFormats()
  return [
    { id: 'name', header: heads.name, width: 280, sortBy: listName, file: nameInFile },
    {
      id: 'phone',
      header: heads.phone,
      width: 180,
      text: ({ phone }) => phone,
      cell: ({ phone }) => <span className="digits">{phone}</span>,
    },
    {
      id: 'students',
      header: heads.students,
      width: 90,
      text: ({ students }) => String(students),
      cell: ({ students }) => number(students),
    },
    { id: 'email', header: heads.email, from: 640, text: ({ email }) => email },
    {
      id: 'otherPhone',
      header: fields.otherPhone,
      width: 180,
      isExtra: true,
      text: ({ otherPhone }) => otherPhone,
      cell: ({ otherPhone }) => <span className="digits">{otherPhone}</span>,
    },
    { id: 'middle', header: fields.middleName, width: 140, isExtra: true, text: ({ middleName }) => middleName },
    {
      id: 'preferred',
      header: fields.preferredName,
      width: 140,
      isExtra: true,
      text: ({ preferredName }) => preferredName,
    },
  ]
}

export function GuardiansList() {
  const words = useWords(guardianWords)
  const { q = '', archived, order } = useRecordsSearch()
  const filter = { search: q, archived: archived === 'yes' }
  const listed = usePages<GuardianRow>(guardianKind, { filter, order: { descending: order === 'desc' } })
  const look = {
    ...usePlainLook(guardianKind),
    columns: useColumns(),
    under: ({ phone, students }: GuardianRow) => (
      <>
        {phone && <span className="digits">{phone}</span>}
        <span>{words.studentsOf(students)}</span>
      </>
    ),
  }
  return <RecordsPage look={look} listed={listed} />
}
