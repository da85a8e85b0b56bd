import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { schoolEntryTypes, schoolExitTypes } from '../../db/values.ts'
import { useWords } from '../messages/messages.tsx'
import { DaysDialog } from '../records/days-dialog.tsx'
import { useGrades } from '../students/use-grades.ts'
import { schoolEnrollmentWords } from './school-enrollment-words.ts'
import type { Stay } from './use-stays.ts'
import { useStayWrites } from './use-stays.ts'

const texts = ['gradeLevel', 'entryType', 'exitType', 'destination'] as const
type Texts = Record<(typeof texts)[number] | 'fte', string>
const plainFte = (fte: string) => String(Number(fte))
const textsOf = (stay: Stay): Texts => ({
  gradeLevel: stay.gradeLevel ?? '',
  entryType: stay.entryType ?? '',
  exitType: stay.exitType ?? '',
  destination: stay.destination ?? '',
  fte: plainFte(stay.fte),
})

/** Only what differs is sent, over whatever others change meanwhile. */
const changed = (values: Texts, opened: Texts) =>
  Object.fromEntries(
    Object.entries(values).filter(([field, value]) => value !== opened[field as keyof Texts]),
  ) as Partial<Record<'gradeLevel' | 'destination' | 'fte', string>> & Partial<Pick<Stay, 'entryType' | 'exitType'>>

interface Fields {
  values: Texts
  change(next: Partial<Texts>): void
}

function StayFields({ values, change, hasLeft }: Fields & { hasLeft: boolean }) {
  const words = useWords(schoolEnrollmentWords)
  const grades = useGrades()
  const choices = <V extends string>(known: readonly V[], called: Record<V, string>) => [
    { value: '', label: words.unknown },
    ...known.map((value) => ({ value, label: called[value] })),
  ]
  return (
    <>
      <NativeSelect
        label={words.grade}
        data={[{ value: '', label: words.noGrade }, ...grades.choices(values.gradeLevel)]}
        value={values.gradeLevel}
        onChange={(event) => change({ gradeLevel: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.came}
        data={choices(schoolEntryTypes, words.entryTypes)}
        value={values.entryType}
        onChange={(event) => change({ entryType: event.currentTarget.value })}
      />
      {hasLeft && (
        <>
          <NativeSelect
            label={words.left}
            data={choices(schoolExitTypes, words.exitTypes)}
            value={values.exitType}
            onChange={(event) => change({ exitType: event.currentTarget.value })}
          />
          <TextInput
            label={words.destination}
            maxLength={200}
            autoComplete="off"
            value={values.destination}
            onChange={(event) => change({ destination: event.currentTarget.value })}
          />
        </>
      )}
      <TextInput
        label={words.fte}
        description={words.fteHint}
        maxLength={5}
        inputMode="decimal"
        autoComplete="off"
        value={values.fte}
        onChange={(event) => change({ fte: event.currentTarget.value })}
      />
    </>
  )
}

/** What was entered wrongly is put right, or taken away. */
export default function EditStayDialog({ stay, name, onClose }: { stay: Stay; name: string; onClose(): void }) {
  const words = useWords(schoolEnrollmentWords)
  const [opened] = useState(stay)
  const [values, setValues] = useState(() => textsOf(stay))
  const { update, archive, isBusy, failure } = useStayWrites(name, onClose)
  const seen = { id: stay.id, version: stay.version }
  return (
    <DaysDialog
      name="stay"
      title={words.editTitle(name)}
      labels={{ beginDate: words.firstDay, endDate: words.lastDay }}
      days={opened}
      submitLabel={words.save}
      isBusy={isBusy}
      failure={failure}
      onSubmit={({ beginDate, ...days }) =>
        update.mutate({ ...seen, ...days, ...(beginDate && { beginDate }), ...changed(values, textsOf(opened)) })
      }
      onClose={onClose}
    >
      <StayFields
        hasLeft={opened.endDate !== null}
        values={values}
        change={(next) => setValues((before) => ({ ...before, ...next }))}
      />
      <div className="remove-stay">
        <Button variant="default" disabled={isBusy} onClick={() => archive.mutate(seen)}>
          {words.remove}
        </Button>
        <span className="dim">{words.removeHint}</span>
      </div>
    </DaysDialog>
  )
}
