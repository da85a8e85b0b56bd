import { Button } from '@mantine/core'
import { useState } from 'react'
import { enrollAtOnce } from '../../../db/values.ts'
import { useWords } from '../../messages/messages.tsx'
import type { ManyActionsProps } from '../../records/many/many-actions.ts'
import { manyWords } from '../../records/many/many-words.ts'
import { useMay } from '../../school.tsx'
import type { StudentRow } from '../../students/student-queries.ts'
import { toast } from '../../ui/toast.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { OutOfClass } from './out-of-class.tsx'
import { ToClass } from './to-class.tsx'

/** What can be done with chosen students of the list and one class. */
export default function StudentManyActions({ chosenRows, isDisabled }: ManyActionsProps<StudentRow>) {
  const { many: words } = useWords(enrollmentWords)
  const { tooManyAtOnce } = useWords(manyWords)
  const mayEnroll = useMay('enrollment.write')
  const [doing, setDoing] = useState<{ verb: 'enroll' | 'withdraw'; rows: StudentRow[] } | null>(null)
  if (!mayEnroll) return null
  const begin = async (verb: 'enroll' | 'withdraw') => {
    const rows = await chosenRows(enrollAtOnce)
    if (rows) setDoing({ verb, rows })
    else toast(tooManyAtOnce(enrollAtOnce))
  }
  const close = () => setDoing(null)
  const students = doing?.rows.map((row) => ({ ...row, studentId: row.id })) ?? []
  return (
    <>
      <Button variant="default" disabled={isDisabled} onClick={() => void begin('enroll')}>
        {words.enrollInClass}
      </Button>
      <Button variant="default" disabled={isDisabled} onClick={() => void begin('withdraw')}>
        {words.withdrawFromClass}
      </Button>
      {doing?.verb === 'enroll' && <ToClass verb="enroll" students={students} onClose={close} />}
      {doing?.verb === 'withdraw' && <OutOfClass studentIds={students.map(({ id }) => id)} onClose={close} />}
    </>
  )
}
