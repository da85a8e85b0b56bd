import { Button, Menu } from '@mantine/core'
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { enrollAtOnce } from '../../../db/values.ts'
import { sheetAtMost } from '../../../server/contacts/input.ts'
import type { SheetPath } from '../../lists/list-sheet.ts'
import { useWords } from '../../messages/messages.tsx'
import type { ManyActionsProps } from '../../records/many/many-actions.ts'
import { manyWords } from '../../records/many/many-words.ts'
import { useMay, useSchool } from '../../school.tsx'
import type { StudentRow } from '../../students/student-queries.ts'
import { studentListWords } from '../../students/student-words.ts'
import { toast } from '../../ui/toast.tsx'
import { enrollmentWords } from '../enrollment-words.ts'
import { OutOfClass } from './out-of-class.tsx'
import { ToClass } from './to-class.tsx'

/** What can be done with chosen students of the list and one class. */
export default function StudentManyActions({ chosenRows, isDisabled }: ManyActionsProps<StudentRow>) {
  const { many: words } = useWords(enrollmentWords)
  const { tooManyAtOnce } = useWords(manyWords)
  const { papers } = useWords(studentListWords)
  const mayEnroll = useMay('enrollment.write')
  const mayReadGuardians = useMay('guardian.read')
  const navigate = useNavigate()
  const { slug } = useSchool()
  const [doing, setDoing] = useState<{ verb: 'enroll' | 'withdraw'; rows: StudentRow[] } | null>(null)
  if (!mayEnroll) return null
  const begin = async (verb: 'enroll' | 'withdraw') => {
    const rows = await chosenRows(enrollAtOnce)
    if (rows) setDoing({ verb, rows })
    else toast(tooManyAtOnce(enrollAtOnce))
  }
  const printSheet = async (to: SheetPath) => {
    const rows = await chosenRows(sheetAtMost)
    const chosenStudents = rows?.map(({ id }) => id)
    if (chosenStudents) await navigate({ to, params: { school: slug }, state: { chosenStudents } })
    else toast(tooManyAtOnce(sheetAtMost))
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
      {mayReadGuardians && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button variant="default" disabled={isDisabled} rightSection={<IconChevronDown size={14} aria-hidden />}>
              {words.print}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void printSheet('/$school/students/emergency')}>{papers.emergency}</Menu.Item>
            <Menu.Item onClick={() => void printSheet('/$school/students/labels')}>{papers.labels}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {doing?.verb === 'enroll' && <ToClass verb="enroll" students={students} onClose={close} />}
      {doing?.verb === 'withdraw' && <OutOfClass studentIds={students.map(({ id }) => id)} onClose={close} />}
    </>
  )
}
