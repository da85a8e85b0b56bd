import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { studentStatuses } from '../../db/values.ts'
import { ExportDialog } from '../lists/export-dialog.tsx'
import { useMessages, useWords } from '../messages/messages.tsx'
import type { Selection } from '../ui/use-selection.ts'
import { RefusedDialog, StandingDialog } from './many-dialogs.tsx'
import type { StudentRow } from './student-queries.ts'
import { gradeChoices, usePrograms } from './students-filters.tsx'
import type { StudentsSearch } from './students-search.ts'
import './bulk-bar.css'
import { manyWords, useMany } from './use-many.ts'
import { useStudentsSheet } from './use-students-sheet.ts'

interface ChoiceMenuProps {
  label: string
  choices: readonly { value: string; label: string }[]
  disabled: boolean
  onChoose(value: string, label: string): void
}

const ChoiceMenu = ({ label, choices, disabled, onChoose }: ChoiceMenuProps) => (
  <Menu position="bottom-start">
    <Menu.Target>
      <Button variant="default" disabled={disabled}>
        {label}
      </Button>
    </Menu.Target>
    <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
      {choices.map((choice) => (
        <Menu.Item key={choice.value} onClick={() => onChoose(choice.value, choice.label)}>
          {choice.label}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
)

interface ActionsProps {
  many: ReturnType<typeof useMany>
  isArchived: boolean
  disabled: boolean
}

function Actions({ many, isArchived, disabled }: ActionsProps) {
  const messages = useMessages()
  const words = useWords(manyWords)
  const programs = usePrograms().map(({ id, name }) => ({ value: id, label: name }))
  if (isArchived)
    return (
      <Button variant="default" disabled={disabled} onClick={many.restore}>
        {words.restore}
      </Button>
    )
  return (
    <>
      <ChoiceMenu
        label={words.setGrade}
        choices={[...gradeChoices(messages), { value: '', label: words.noGrade }]}
        disabled={disabled}
        onChoose={(value, label) => many.set({ gradeLevel: value || null }, label)}
      />
      <ChoiceMenu
        label={words.setStatus}
        choices={studentStatuses.map((value) => ({ value, label: messages.student.status[value] }))}
        disabled={disabled}
        onChoose={(value, label) => many.set({ status: value as (typeof studentStatuses)[number] }, label)}
      />
      {programs.length > 0 && (
        <ChoiceMenu
          label={words.setProgram}
          choices={[...programs, { value: '', label: words.noProgram }]}
          disabled={disabled}
          onChoose={(value, label) => many.set({ programId: value || null }, label)}
        />
      )}
      <Button variant="default" disabled={disabled} onClick={() => many.archive()}>
        {words.archive}
      </Button>
    </>
  )
}

/** The chosen rows as a file, in the list's order and with its columns. */
function ExportChosen({
  selection,
  search,
  disabled,
}: Pick<BulkBarProps, 'selection' | 'search'> & { disabled: boolean }) {
  const words = useWords(manyWords)
  const [isOpen, setOpen] = useState(false)
  const sheet = useStudentsSheet(search)
  async function* chosen() {
    for await (const page of sheet.pages()) yield page.filter(({ id }) => selection.has(id))
  }
  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => setOpen(true)}>
        {words.export}
      </Button>
      {isOpen && (
        <ExportDialog sheet={{ ...sheet, total: selection.count, pages: chosen }} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

interface BulkBarProps {
  selection: Selection
  search: StudentsSearch
  rows: readonly StudentRow[]
  /** How many the list has. */
  total: number
  /** Ends choosing; on a phone that is a mode. */
  onDone(): void
  isMode: boolean
}

/** Above the list in place of the filters while students are chosen: what can be done with all of them. */
export default function BulkBar({ selection, search, rows, total, onDone, isMode }: BulkBarProps) {
  const words = useWords(manyWords)
  const many = useMany(selection, search, rows)
  const { count } = selection
  return (
    <section className="filters bulk-bar" aria-label={words.bar}>
      <span className="bulk-count digits" role="status">
        {many.isBusy ? words.working : count ? words.selected(count) : words.hint}
      </span>
      {count < total && (
        <Button variant="subtle" disabled={many.isBusy} onClick={selection.chooseAll}>
          {words.selectAll(total)}
        </Button>
      )}
      <Actions many={many} isArchived={search.archived === 'yes'} disabled={many.isBusy || count === 0} />
      <ExportChosen selection={selection} search={search} disabled={many.isBusy || count === 0} />
      <Button className="bulk-end" variant="subtle" color="gray" onClick={onDone}>
        {isMode ? words.done : words.clear}
      </Button>
      <StandingDialog many={many} count={count} />
      <RefusedDialog many={many} rows={rows} />
    </section>
  )
}
