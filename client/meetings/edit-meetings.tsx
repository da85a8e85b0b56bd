import { Button, TextInput } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import { useRef, useState } from 'react'
import { useRooms } from '../classes/class-choices.ts'
import { useDraft, useKeeping } from '../drafts/use-draft.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { DraftNotice } from '../records/draft-notice.tsx'
import { LeaveGuard } from '../records/leave-guard.tsx'
import { useToday } from '../school.tsx'
import { DateField } from '../ui/date-field.tsx'
import { timetableWords } from './timetable-words.ts'
import '../ui/form.css'
import './meeting-rows.css'
import { goToField } from '../ui/go-to-field.ts'
import { Failure, Notice, Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { ConflictLines } from './conflict-lines.tsx'
import { MeetingRowFields, rowFieldId } from './meeting-row-fields.tsx'
import type { RowErrors, RowField } from './meeting-rows.ts'
import { meetingsDraft } from './meetings-draft.ts'
import type { Meetings } from './timetable-section.tsx'
import { MeetingLines } from './timetable-section.tsx'
import type { Conflicts } from './use-conflicts.ts'
import { isNew, useConflicts } from './use-conflicts.ts'
import type { MeetingsForm } from './use-meetings-form.ts'
import { useMeetingsForm } from './use-meetings-form.ts'
import { usePeriods } from './use-periods.ts'
import { useSaveMeetings } from './use-save-meetings.ts'

const fields: RowField[] = ['days', 'start', 'end']

/** Which fields say what is wrong with them: those that were left, and all once a save was tried. */
function useShownErrors({ rows, errors }: MeetingsForm) {
  const [left, setLeft] = useState(new Set<string>())
  const [isTried, setTried] = useState(false)
  const shownIn = (index: number): RowErrors => {
    const found = errors.rows[index] ?? {}
    const key = rows[index]?.key ?? 0
    const isShown = (field: RowField) => isTried || left.has(rowFieldId(key, field))
    return Object.fromEntries(Object.entries(found).filter(([field]) => isShown(field as RowField)))
  }
  /** The field to go to first; undefined when all is well. */
  const firstWrong = (): string | undefined => {
    for (const [index, { key }] of rows.entries()) {
      const field = fields.find((one) => errors.rows[index]?.[one])
      if (field) return rowFieldId(key, field)
    }
    return errors.from ? 'meetings-from' : errors.to ? 'meetings-to' : undefined
  }
  return {
    shownIn,
    firstWrong,
    isTried,
    tryAll: () => setTried(true),
    leave: (id: string) => setLeft((ids) => new Set(ids).add(id)),
  }
}

function Rows({
  form,
  conflicts,
  errors,
}: {
  form: MeetingsForm
  conflicts: Conflicts
  errors: ReturnType<typeof useShownErrors>
}) {
  const { edit: words } = useWords(timetableWords)
  const rooms = useRooms()
  const periods = usePeriods()
  const { answered } = conflicts
  return (
    <div className="meeting-rows">
      {form.rows.map((row, index) => {
        const isOf = ({ place }: { place: number }) => answered?.keys[place] === row.key
        return (
          <MeetingRowFields
            key={row.key}
            row={row}
            number={index + 1}
            rooms={rooms}
            periods={periods}
            errors={errors.shownIn(index)}
            onChange={(changed) => form.change(row.key, changed)}
            onLeave={(field) => errors.leave(rowFieldId(row.key, field))}
            onRemove={() => form.remove(row.key)}
          >
            <ConflictLines conflicts={answered?.conflicts.filter(isOf) ?? []} tooSmall={answered?.seats.find(isOf)} />
          </MeetingRowFields>
        )
      })}
      {!form.rows.length && <p className="dim">{words.none}</p>}
      <div className="meeting-adds">
        <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => form.add(false)}>
          {words.add}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => form.add(true)}>
          {words.addCycle}
        </Button>
      </div>
    </div>
  )
}

function Days({
  form,
  answered,
  errors,
}: {
  form: MeetingsForm
  answered: Conflicts['answered']
  errors: ReturnType<typeof useShownErrors>
}) {
  const { edit: words } = useWords(timetableWords)
  const today = useToday()
  return (
    <fieldset>
      <legend>{words.when}</legend>
      <DateField
        id="meetings-from"
        label={words.from}
        description={words.fromHint(form.base.earliest)}
        value={form.from}
        near={today}
        error={form.errors.from}
        onChange={form.changeFrom}
        onBlur={() => {}}
      />
      <DateField
        id="meetings-to"
        label={words.to}
        description={words.toHint}
        value={form.to ?? answered?.to ?? (answered ? '' : (form.base.to ?? ''))}
        near={today}
        error={errors.isTried && form.errors.to}
        onChange={form.changeTo}
        onBlur={() => {}}
      />
    </fieldset>
  )
}

function Verdict({ conflicts, hasNew, isAsked }: { conflicts: Conflicts; hasNew: boolean; isAsked: boolean }) {
  const { edit: words } = useWords(timetableWords)
  const { answered, isChecking } = conflicts
  const said = () => {
    if (hasNew) return <Status tone="bad">{words.collide}</Status>
    if (isChecking) return <span className="dim">{words.checking}</span>
    return isAsked && answered?.keys.length ? <Status tone="ok">{words.clear}</Status> : null
  }
  return (
    <div role="status" className="meeting-verdict">
      {said()}
    </div>
  )
}

function Theirs({ theirs, onMeet }: { theirs: Meetings; onMeet(takesTheirs: boolean): void }) {
  const { edit: words, section } = useWords(timetableWords)
  return (
    <Notice tone="warn" role="alert">
      <div>
        <p>{words.stale}</p>
        {theirs.meetings.length ? (
          <MeetingLines meetings={theirs.meetings} today={theirs.from} />
        ) : (
          <p className="dim">{section.noneYet}</p>
        )}
        <div className="form-end">
          <Button onClick={() => onMeet(false)}>{words.keepMine}</Button>
          <Button variant="default" onClick={() => onMeet(true)}>
            {words.useTheirs}
          </Button>
        </div>
      </div>
    </Notice>
  )
}

interface EditMeetingsProps {
  classId: string
  opened: Meetings
  onLeave(): void
  onSaved(operationId: string | undefined, isChanged: boolean): void
}

/** The form: what collides is said while it is typed, and saved only with a reason. */
export function EditMeetings({ classId, opened, onLeave, onSaved }: EditMeetingsProps) {
  const { cancel } = useMessages()
  const words = useWords(timetableWords)
  const draft = useDraft()
  const [found, setFound] = useState(() => meetingsDraft(draft.found))
  const form = useMeetingsForm(opened, found)
  const conflicts = useConflicts(classId, form)
  const errors = useShownErrors(form)
  const [reason, setReason] = useState(found?.reason ?? '')
  const isSaved = useRef(false)
  const isUnsaved = () => !isSaved.current && (form.isUnsaved || reason.trim() !== '')
  useKeeping(draft, () => (isUnsaved() ? { ...form.kept(), ...(reason && { reason }) } : null))
  const saving = useSaveMeetings(classId, form, conflicts, (operationId, isChanged) => {
    isSaved.current = true
    onSaved(operationId, isChanged)
  })
  const hasNew = conflicts.answered?.conflicts.some(isNew) ?? false
  const isReasonMissing = hasNew && !reason.trim()
  const later = form.base.meetings.filter(({ validFrom }) => validFrom > form.from)
  const startOver = () => {
    saving.meet(true)
    setReason('')
    setFound(undefined)
  }
  const submit = () => {
    errors.tryAll()
    const wrong = errors.firstWrong() ?? (isReasonMissing ? 'meetings-reason' : undefined)
    if (wrong) goToField(wrong)
    else saving.save(hasNew ? reason.trim() : null)
  }
  return (
    <form
      className="form meetings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {found && <DraftNotice onStartOver={startOver} />}
      {saving.theirs && <Theirs theirs={saving.theirs} onMeet={saving.meet} />}
      <Failure>{saving.failure}</Failure>
      <Rows form={form} conflicts={conflicts} errors={errors} />
      <Days form={form} answered={conflicts.answered} errors={errors} />
      {later.length > 0 && (
        <Section title={words.edit.planned}>
          <MeetingLines meetings={later} today={form.from} />
        </Section>
      )}
      <Verdict conflicts={conflicts} hasNew={hasNew} isAsked={!(form.errors.from || form.errors.to)} />
      {hasNew && (
        <TextInput
          id="meetings-reason"
          label={words.edit.reason}
          description={words.edit.reasonHint}
          maxLength={500}
          autoComplete="off"
          value={reason}
          error={errors.isTried && isReasonMissing && words.invalid.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className="form-end">
        <SubmitButton loading={saving.isBusy}>{words.edit.save}</SubmitButton>
        <Button variant="default" size="sm" onMouseDown={(event) => event.preventDefault()} onClick={onLeave}>
          {cancel}
        </Button>
      </div>
      <LeaveGuard isUnsaved={isUnsaved} draft={draft} />
    </form>
  )
}
