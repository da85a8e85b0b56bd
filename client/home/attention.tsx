import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { homeWords } from '../messages/en-home.ts'
import { useWords } from '../messages/messages.tsx'
import { useMay, useSchool } from '../school.tsx'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { RecordLink } from './filled.tsx'
import type { Home } from './today.tsx'

type Line = Home['attention'][number]
const urgent: readonly Line['kind'][] = ['classesOverCapacity', 'classesWithoutInstructor']

const shownAtOnce = 4

/** The way to where the whole of it is mended at once, where there is one. */
function WayOut({ kind }: { kind: Line['kind'] }) {
  const words = useWords(homeWords)
  const { slug } = useSchool()
  const mayMerge = useMay('student.merge')
  if (kind !== 'studentsTwice' || !mayMerge) return null
  return (
    <Link to="/$school/students/duplicates" params={{ school: slug }} className="attention-way">
      {words.compare}
    </Link>
  )
}

function AttentionLine({ line: { kind, count, first } }: { line: Line }) {
  const words = useWords(homeWords)
  const [isWhole, setWhole] = useState(false)
  const entity = kind.startsWith('students') ? 'student' : 'class'
  const names = isWhole ? first : first.slice(0, shownAtOnce)
  // Of students who are here twice the names are of both records, and the count is of the pairs.
  const rest = (kind === 'studentsTwice' ? first.length : count) - names.length
  const mayUnfold = !isWhole && first.length > names.length
  return (
    <li>
      <Status tone={urgent.includes(kind) ? 'bad' : 'warn'}>
        <span className="attention-what">{words.kinds[kind](count)}</span>
      </Status>
      <p className="attention-names">
        {names.map(({ id, name, detail }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <RecordLink entity={entity} id={id}>
              {name}
            </RecordLink>
            {detail && <span className="dim"> ({detail})</span>}
          </span>
        ))}{' '}
        {mayUnfold && (
          <button type="button" className="as-link" onClick={() => setWhole(true)}>
            {words.more(rest)}
          </button>
        )}
        {!mayUnfold && rest > 0 && <span className="dim">{words.more(rest)}</span>}
        <WayOut kind={kind} />
      </p>
    </li>
  )
}

/** What is to be mended; each name leads to where. */
export function AttentionList({ lines }: { lines: Home['attention'] }) {
  const words = useWords(homeWords)
  return (
    <Section title={words.attention}>
      {lines.length === 0 && <p className="dim">{words.inOrder}</p>}
      {lines.length > 0 && (
        <ul className="attention" aria-label={words.attention}>
          {lines.map((line) => (
            <AttentionLine key={line.kind} line={line} />
          ))}
        </ul>
      )}
    </Section>
  )
}
