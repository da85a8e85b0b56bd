import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { homeWords } from './home-words.ts'
import type { Home } from './today.tsx'

/** The first steps of a school without students, for those who may take them. */
export function Beginning({ has }: { has: Home['has'] }) {
  const words = useWords(homeWords)
  const { slug } = useSchool()
  const steps = [
    { to: '/$school/terms/new', label: words.addTerm, isOpen: useMay('academicSession.write') && !has.terms },
    { to: '/$school/classes/new', label: words.addClass, isOpen: useMay('class.write') && !has.classes },
    { to: '/$school/students/new', label: words.addStudent, isOpen: useMay('student.write') },
  ] as const
  const open = steps.filter(({ isOpen }) => isOpen)
  if (!open.length) return <Empty title={words.noneYet} hint={words.noneYetHint} />
  return (
    <section className="beginning">
      <h2>{words.begin}</h2>
      <p>{words.beginHint}</p>
      <code className="command" dir="ltr">
        {words.importCommand}
      </code>
      <div className="beginning-steps">
        {open.map(({ to, label }) => (
          <LinkButton key={to} variant="default" to={to} params={{ school: slug }} state={{ wasOpenedHere: true }}>
            {label}
          </LinkButton>
        ))}
      </div>
    </section>
  )
}
