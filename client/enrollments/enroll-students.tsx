import { useState } from 'react'
import type { SchoolClass } from '../classes/class-kind.ts'
import type { Formats } from '../messages/formats.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { listName } from '../people.ts'
import { useDay } from '../records/use-day.ts'
import { useToday } from '../school.tsx'
import type { Grades } from '../students/grades.ts'
import { useGrades } from '../students/use-grades.ts'
import { DateField } from '../ui/date-field.tsx'
import { Finder } from '../ui/finder.tsx'
import { ChosenList } from './chosen-list.tsx'
import { EnrollPanel, OfferWaitlist } from './enroll-panel.tsx'
import { enrollmentWords } from './enrollment-words.ts'
import { forecast } from './forecast.ts'
import { useChosen } from './use-chosen.ts'
import { useStudentCollisions } from './use-collisions.ts'
import { useEnroll } from './use-enroll.ts'
import type { StudentFound } from './use-found.ts'
import { useFoundStudents } from './use-found.ts'

/** Grade, number and birth date tell students of one name apart. */
const secondOf = (grades: Grades, formats: Formats, { gradeLevel, number, birthDate }: StudentFound): string =>
  [grades.short(gradeLevel), number, birthDate && formats.date(birthDate)].filter(Boolean).join(' · ')

function useForecast(of: SchoolClass, count: number) {
  const { enroll: words } = useWords(enrollmentWords)
  const { capacity, taken, waiting, title } = of
  const { seated, waitlisted } = forecast({ capacity, taken, waiting }, count)
  const sentence = words.forecast({ title, capacity, taken, waiting, chosen: count, waitlisted })
  return { seated, waitlisted, sentence }
}

function useRefusals(of: SchoolClass, chosen: ReadonlyMap<string, unknown>, today: string) {
  const { enroll: words } = useWords(enrollmentWords)
  const standing = new Map(
    of.roster
      .filter(
        ({ status, endDate }) => status === 'waitlisted' || (status === 'enrolled' && (!endDate || endDate >= today)),
      )
      .map(({ studentId, status }) => [studentId, status]),
  )
  return ({ id }: StudentFound): string | undefined => {
    if (chosen.has(id)) return words.isChosen
    const status = standing.get(id)
    return status && (status === 'waitlisted' ? words.isWaiting : words.isIn)
  }
}

/** Students into a class: type, Enter, the next; all of them at once or none. */
export default function EnrollStudents({ of, onClose }: { of: SchoolClass; onClose(): void }) {
  const { enroll: words, change, collision } = useWords(enrollmentWords)
  const grades = useGrades()
  const formats = useFormats()
  const today = useToday()
  const [text, setText] = useState('')
  const found = useFoundStudents(text)
  const { chosen, input, add, remove } = useChosen<StudentFound>(() => setText(''))
  const refusalOf = useRefusals(of, chosen, today)
  const begin = useDay('enroll-begin', null)
  const { seated, waitlisted, sentence } = useForecast(of, chosen.size)
  const { send, isBusy, failure, isFull, refusals } = useEnroll(of, onClose)
  const collisions = useStudentCollisions(of.id, [...chosen.keys()], begin.day)
  const submit = (waitlist: boolean) => {
    begin.show()
    if (chosen.size && !begin.isWrong)
      send({ studentIds: [...chosen.keys()], ...(begin.day && { beginDate: begin.day }), waitlist })
    else if (!chosen.size) input.current?.focus()
  }
  return (
    <EnrollPanel
      title={words.title(of.title)}
      submitLabel={words.submit(seated, waitlisted)}
      isBusy={isBusy}
      failure={
        isFull ? (
          <OfferWaitlist isBusy={isBusy} onAdd={() => submit(true)}>
            <p>{sentence}</p>
            <p>{words.offerWaitlist(waitlisted)}</p>
          </OfferWaitlist>
        ) : (
          failure && <p>{failure}</p>
        )
      }
      forecast={[sentence, collisions.size > 0 && collision.collide(collisions.size)].filter(Boolean).join(' ')}
      onSubmit={() => submit(waitlisted > 0)}
      onClose={onClose}
    >
      <Finder
        label={words.findStudents}
        placeholder={words.findStudentsHint}
        text={text}
        onType={setText}
        found={found?.map((one) => ({
          id: one.id,
          label: listName(one),
          second: secondOf(grades, formats, one),
          refusal: refusalOf(one),
        }))}
        nothing={words.noStudent(text.trim())}
        onPick={({ id }) => add(found?.find((one) => one.id === id))}
        input={input}
      />
      <DateField label={change.beginDate} {...begin.field} description={words.beginHint} />
      <ChosenList
        label={words.chosenStudents}
        chosen={[...chosen.values()].map((one) => ({
          id: one.id,
          label: listName(one),
          second: secondOf(grades, formats, one),
          refusal: refusals.get(one.id),
          warnings: collisions.get(one.id),
        }))}
        onRemove={remove}
      />
    </EnrollPanel>
  )
}
