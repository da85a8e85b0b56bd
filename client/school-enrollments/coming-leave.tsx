import { useWords } from '../messages/messages.tsx'
import { useToday } from '../school.tsx'
import { Status } from '../ui/status.tsx'
import { schoolEnrollmentWords } from './school-enrollment-words.ts'
import { useStays } from './use-stays.ts'

/** Said at the top of a student who is here and whose last day is known: the status alone is still active. */
export function ComingLeave({ studentId }: { studentId: string }) {
  const words = useWords(schoolEnrollmentWords)
  const today = useToday()
  const { data: stays } = useStays(studentId)
  const stay = stays?.find(({ beginDate, endDate }) => beginDate <= today && (!endDate || endDate >= today))
  if (!stay?.endDate) return null
  return (
    <p>
      <Status tone="warn">{words.leavesOn(stay.endDate)}</Status>
    </p>
  )
}
