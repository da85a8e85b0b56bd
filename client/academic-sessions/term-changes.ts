import { useQuery } from '@tanstack/react-query'
import { useWords } from '../messages/messages.tsx'
import type { Change } from '../records/many/change.ts'
import { countIn } from '../records/many/change.ts'
import { useTrpc } from '../school.tsx'
import { termWords } from './term-kind.ts'

export function useTermChanges(): Change[] {
  const words = useWords(termWords)
  const { data = [] } = useQuery(useTrpc().academicSessions.list.queryOptions({}))
  const longer = data.filter(({ type }) => type !== 'gradingPeriod')
  return [
    {
      field: 'schoolYear',
      label: words.many.set.schoolYear,
      fieldLabel: words.fields.schoolYear,
      hint: words.schoolYearHint,
      wrong: words.wrong.schoolYear,
      sent: countIn,
      nameOf: words.schoolYear,
    },
    {
      field: 'parentId',
      label: words.many.set.parentId,
      choices: longer.map(({ id, title, startDate, endDate }) => ({
        value: id,
        label: words.choice(title, startDate, endDate),
      })),
      none: words.noParent,
    },
  ]
}
