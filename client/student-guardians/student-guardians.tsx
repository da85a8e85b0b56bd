import { ActionIcon, Button, Menu } from '@mantine/core'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { fullName } from '../people.ts'
import { useMay, useSchool, useTrpc } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { useGrades } from '../students/use-grades.ts'
import { Section, Waiting } from '../ui/page.tsx'
import { EditLinkDialog } from './edit-link-dialog.tsx'
import { GuardianContact } from './guardian-contact.tsx'
import type { GuardianLink } from './use-links.ts'
import { linkWords, useLinkMoves, useLinks } from './use-links.ts'

const LinkGuardianDialog = lazy(part(() => import('./link-guardian-dialog.tsx')))

interface StudentRef {
  id: string
  name: string
}

function LinkActions({ link, count, student }: { link: GuardianLink; count: number; student: StudentRef }) {
  const words = useWords(linkWords)
  const [isEditing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { move, unlink, isBusy } = useLinkMoves()
  const wasMoved = useRef(false)
  // The row has changed its place, and whoever works by keyboard goes on from it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it follows
  useEffect(() => {
    if (wasMoved.current) button.current?.focus()
    wasMoved.current = false
  }, [link.priority])
  const by = (step: number) => {
    wasMoved.current = true
    move(link, link.priority + step)
  }
  return (
    <>
      <Menu position="bottom-end" width={220} withinPortal>
        <Menu.Target>
          <ActionIcon ref={button} variant="subtle" color="gray" aria-label={words.actionsFor(fullName(link))}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setEditing(true)}>{words.edit}</Menu.Item>
          {link.priority > 1 && (
            <Menu.Item disabled={isBusy} onClick={() => by(-1)}>
              {words.moveUp}
            </Menu.Item>
          )}
          {link.priority < count && (
            <Menu.Item disabled={isBusy} onClick={() => by(1)}>
              {words.moveDown}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => unlink(link)}>{words.unlink}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isEditing && <EditLinkDialog link={link} student={student} onClose={() => setEditing(false)} />}
    </>
  )
}

function Siblings({ studentId }: { studentId: string }) {
  const words = useWords(linkWords)
  const grades = useGrades()
  const { slug } = useSchool()
  const { data = [] } = useQuery(useTrpc().students.siblings.queryOptions({ id: studentId }))
  if (!data.length) return null
  return (
    <p className="siblings">
      <span className="dim">{words.siblings}</span>
      {data.map((sibling) => (
        <Link key={sibling.id} to="/$school/students/$id" params={{ school: slug, id: sibling.id }}>
          {fullName(sibling)}
          {sibling.gradeLevel && <span className="dim"> {grades.name(sibling.gradeLevel)}</span>}
        </Link>
      ))}
    </p>
  )
}

function Contacts({ student, mayWrite }: { student: StudentRef; mayWrite: boolean }) {
  const messages = useMessages()
  const words = useWords(linkWords)
  const { data: links, error } = useLinks(student.id)
  if (error && !links) return <p className="dim">{sentenceOf(error, messages)}</p>
  if (!links) return <Waiting lines={3} />
  if (!links.length) return <p className="dim">{words.none}</p>
  return (
    <ol className="contacts is-wide" aria-label={words.inOrder}>
      {links.map((link) => (
        <li key={link.id}>
          <span className="dim digits contact-place" aria-hidden>
            {link.priority}
          </span>
          <GuardianContact link={link} />
          {mayWrite && <LinkActions link={link} count={links.length} student={student} />}
        </li>
      ))}
    </ol>
  )
}

function LinkButton({ student }: { student: StudentRef }) {
  const words = useWords(linkWords)
  const { data = [] } = useLinks(student.id)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" className="push" onClick={() => setOpen(true)}>
        {words.link}
      </Button>
      {isOpen && (
        <Suspense>
          <LinkGuardianDialog student={student} linked={data} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Whom the office calls about a student, first to last; nothing for those who may not know. */
export function StudentGuardians({ student }: { student: Student }) {
  const words = useWords(linkWords)
  const mayRead = useMay('guardian.read')
  const mayWrite = useMay('guardian.write') && !student.archivedAt
  if (!mayRead) return null
  const ref = { id: student.id, name: fullName(student) }
  return (
    <Section title={words.title} actions={mayWrite && <LinkButton student={ref} />}>
      <Contacts student={ref} mayWrite={mayWrite} />
      <Siblings studentId={student.id} />
    </Section>
  )
}
