import { ActionIcon, Button, Menu } from '@mantine/core'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useMay, useToday } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { Section } from '../ui/page.tsx'
import '../classes/class.css'
import type { SchoolClass } from '../classes/class-kind.ts'
import { classWords } from '../classes/class-words.ts'
import { part } from '../part.ts'
import { taughtTerms } from './taught-terms.ts'
import { EndTeachingDialog, TeachingDatesDialog } from './teaching-dialogs.tsx'
import type { Assignment } from './use-teaching.ts'
import { useMakePrimary } from './use-teaching.ts'

const AddInstructor = lazy(part(() => import('./add-instructor.tsx')))

function useDays() {
  const { teaching: words } = useWords(classWords)
  const { date } = useFormats()
  return ({ beginDate, endDate }: Assignment): string => {
    if (beginDate && endDate) return words.days(date(beginDate), date(endDate))
    if (endDate) return words.until(date(endDate))
    return beginDate ? words.since(date(beginDate)) : ''
  }
}

function AssignmentActions({ assignment, of }: { assignment: Assignment; of: SchoolClass }) {
  const { teaching: words } = useWords(classWords)
  const [doing, setDoing] = useState<'end' | 'dates' | null>(null)
  const primary = useMakePrimary(assignment)
  const name = fullName(assignment)
  const props = { assignment, classTitle: of.title, onClose: () => setDoing(null) }
  return (
    <>
      <Menu position="bottom-end" width={200} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" className="push" aria-label={words.actionsFor(name)}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!assignment.isPrimary && (
            <Menu.Item disabled={primary.isBusy} onClick={primary.send}>
              {words.makePrimary}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setDoing('dates')}>{words.change}</Menu.Item>
          <Menu.Item onClick={() => setDoing('end')}>{words.end}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {doing === 'end' && <EndTeachingDialog {...props} />}
      {doing === 'dates' && <TeachingDatesDialog {...props} />}
    </>
  )
}

/** Who teaches the class, since when; those whose time is over come last, in dim. */
export function ClassTeaching({ of }: { of: SchoolClass }) {
  const { teaching: words } = useWords(classWords)
  const days = useDays()
  const today = useToday()
  const mayWrite = useMay('class.write') && !of.archivedAt
  const [isAdding, setAdding] = useState(false)
  const isOver = ({ endDate }: Assignment) => Boolean(endDate && endDate < today)
  return (
    <Section
      title={words.title}
      actions={
        mayWrite && (
          <Button variant="default" className="push" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        )
      }
    >
      {of.assignments.length === 0 && <Empty inPage title={words.none} hint={mayWrite && words.noneHint} />}
      <ul className="teachers" aria-label={words.table}>
        {of.assignments.map((assignment) => (
          <li key={assignment.id} className={isOver(assignment) ? 'dim' : ''}>
            <span className="teacher">
              <span className="teacher-name">{fullName(assignment)}</span>
              {assignment.isPrimary && <span className="dim">{words.isPrimary}</span>}
              {taughtTerms(of, assignment).map((title) => (
                <span key={title} className="dim">
                  {title}
                </span>
              ))}
              <span className="dim digits">{days(assignment)}</span>
            </span>
            {mayWrite && <AssignmentActions assignment={assignment} of={of} />}
          </li>
        ))}
      </ul>
      {isAdding && (
        <Suspense>
          <AddInstructor of={of} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Section>
  )
}
