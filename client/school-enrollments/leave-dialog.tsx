import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { schoolExitTypes } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { useDay } from '../records/use-day.ts'
import { useToday, useTrpc } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { goToField } from '../ui/go-to-field.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { schoolEnrollmentWords } from './school-enrollment-words.ts'
import type { Stay } from './use-stays.ts'
import { useStayWrites } from './use-stays.ts'

interface LeaveDialogProps {
  student: { id: string; name: string }
  /** None where no day at the school is known. */
  stay: Stay | undefined
  onClose(): void
}

/** The classes that she is in, and those that she waits for. */
function usePlaces(studentId: string) {
  const today = useToday()
  const { data = [] } = useQuery(useTrpc().enrollments.list.queryOptions({ studentId }))
  const inClass = data.filter(({ status, endDate }) => status === 'enrolled' && (endDate === null || endDate >= today))
  return {
    titles: inClass.map(({ classTitle }) => classTitle),
    waitlists: data.filter(({ status }) => status === 'waitlisted').length,
  }
}

function ClassesEnd({ studentId, isOn, onTurn }: { studentId: string; isOn: boolean; onTurn(isOn: boolean): void }) {
  const { leave: words } = useWords(schoolEnrollmentWords)
  const { titles, waitlists } = usePlaces(studentId)
  if (!titles.length && !waitlists) return null
  const label = [titles.length && words.endsClasses(titles.length), waitlists && words.leavesWaitlists(waitlists)]
  return (
    <Checkbox
      label={label.filter(Boolean).join('; ')}
      description={
        <>
          {titles.join(' · ')}
          <br />
          {words.freesSeats}
        </>
      }
      checked={isOn}
      onChange={(event) => onTurn(event.currentTarget.checked)}
    />
  )
}

/** A student leaves: when, how, where to, and what becomes of her classes. */
export default function LeaveDialog({ student, stay, onClose }: LeaveDialogProps) {
  const { leave: words, exitTypes, ...all } = useWords(schoolEnrollmentWords)
  const first = useDay('leave-first-day', null, words.missingFirstDay)
  const coming = stay?.endDate ?? null
  const today = useToday()
  const last = useDay('leave-last-day', coming ?? today, words.missingLastDay)
  const [how, setHow] = useState<string>(stay?.exitType ?? '')
  const [isAsked, setAsked] = useState(false)
  const [destination, setDestination] = useState(stay?.destination ?? '')
  const [endsClasses, setEndsClasses] = useState(true)
  const { leave, isBusy, failure } = useStayWrites(student.name, onClose)
  const exitType = schoolExitTypes.find((one) => one === how)
  const submit = () => {
    setAsked(true)
    const beginDate = stay ? undefined : first.demand()
    if (beginDate === null) return
    const endDate = last.demand()
    if (!endDate) return
    if (!exitType) return goToField('leave-how')
    const seen = stay ? { seen: { id: stay.id, version: stay.version } } : { beginDate }
    leave.mutate({ studentId: student.id, ...seen, endDate, exitType, destination, endsClasses })
  }
  return (
    <ShortDialog
      title={words.title(student.name)}
      submitLabel={words.submit}
      isBusy={isBusy}
      failure={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      {coming && <p className="dim">{words.coming(coming)}</p>}
      {!stay && <DateField label={words.firstDay} {...first.field} description={words.firstDayHint} />}
      <DateField data-autofocus label={words.lastDay} {...last.field} description={words.lastDayHint} />
      <NativeSelect
        id="leave-how"
        label={words.how}
        data={[
          { value: '', label: words.chooseHow },
          ...schoolExitTypes.map((value) => ({ value, label: exitTypes[value] })),
        ]}
        value={how}
        error={isAsked && !exitType && words.chooseHow}
        onChange={(event) => setHow(event.currentTarget.value)}
      />
      <TextInput
        label={all.destination}
        description={all.destinationHint}
        maxLength={200}
        autoComplete="off"
        value={destination}
        onChange={(event) => setDestination(event.currentTarget.value)}
      />
      <ClassesEnd studentId={student.id} isOn={endsClasses} onTurn={setEndsClasses} />
    </ShortDialog>
  )
}
