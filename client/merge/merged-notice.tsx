import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { Notice } from '../ui/page.tsx'
import { mergeWords } from './merge-words.ts'

function WentInto({ intoId }: { intoId: string }) {
  const words = useWords(mergeWords)
  const { slug } = useSchool()
  return (
    <Notice tone="info">
      <p>
        {words.wentInto}{' '}
        <Link to="/$school/students/$id" params={{ school: slug, id: intoId }}>
          {words.openOther}
        </Link>
      </p>
    </Notice>
  )
}

/** Whether there may be a second record of her, for those who can make them one. */
function MayBeSecond({ student }: { student: Student }) {
  const words = useWords(mergeWords)
  const { slug } = useSchool()
  const { data } = useQuery(useTrpc().students.duplicates.queryOptions())
  const pair = data?.pairs.find(({ one, other }) => one.id === student.id || other.id === student.id)
  if (!pair) return null
  const otherId = pair.one.id === student.id ? pair.other.id : pair.one.id
  return (
    <Notice tone="info">
      <p>
        {words.isSecond(fullName(student))}{' '}
        <Link
          to="/$school/students/$id/merge/$intoId"
          params={{ school: slug, id: otherId, intoId: student.id }}
          state={{ wasOpenedHere: true }}
        >
          {words.compare}
        </Link>
      </p>
    </Notice>
  )
}

export function MergedNotice({ student }: { student: Student }) {
  const mayMerge = useMay('student.merge')
  if (student.mergedIntoId) return <WentInto intoId={student.mergedIntoId} />
  return mayMerge && !student.archivedAt ? <MayBeSecond student={student} /> : null
}
