import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { schoolEntryTypes } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import { useGrades } from '../students/use-grades.ts'
import { DateField } from '../ui/date-field.tsx'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { schoolEnrollmentWords } from './school-enrollment-words.ts'
import type { Stay } from './use-stays.ts'
import { useStayWrites } from './use-stays.ts'

interface EnterDialogProps {
  student: { id: string; name: string; gradeLevel: string | null }
  /** She was here before. */
  isAgain: boolean
  onClose(): void
}

/** A student comes to the school for the first time, or again. */
export default function EnterDialog({ student, isAgain, onClose }: EnterDialogProps) {
  const words = useWords(schoolEnrollmentWords)
  const grades = useGrades()
  const said = isAgain ? words.comeBack : words.add
  const today = useToday()
  const first = useDay('enter-first-day', isAgain ? today : null, words.missingFirstDay)
  const [gradeLevel, setGradeLevel] = useState(isAgain ? (student.gradeLevel ?? '') : '')
  const [came, setCame] = useState<Stay['entryType']>(isAgain ? 'reentry' : null)
  const { create, isBusy, failure } = useStayWrites(student.name, onClose)
  const submit = () => {
    const beginDate = first.demand()
    if (beginDate) create.mutate({ studentId: student.id, beginDate, gradeLevel, entryType: came })
  }
  return (
    <ShortDialog
      title={said.title(student.name)}
      submitLabel={said.submit}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <DateField data-autofocus label={words.firstDay} {...first.field} />
      <NativeSelect
        label={words.grade}
        data={[{ value: '', label: words.noGrade }, ...grades.choices(gradeLevel)]}
        value={gradeLevel}
        onChange={(event) => setGradeLevel(event.currentTarget.value)}
      />
      <NativeSelect
        label={words.came}
        data={[
          { value: '', label: words.unknown },
          ...schoolEntryTypes.map((value) => ({ value, label: words.entryTypes[value] })),
        ]}
        value={came ?? ''}
        onChange={(event) => setCame(schoolEntryTypes.find((one) => one === event.currentTarget.value) ?? null)}
      />
    </ShortDialog>
  )
}
