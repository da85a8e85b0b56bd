import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ClassAttention } from '../../db/values.ts'
import { allTerms } from '../classes/classes-search.ts'
import { RecordLink } from '../history/filled.tsx'
import { useFormats, useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { noProgram } from '../students/students-search.ts'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { homeWords } from './home-words.ts'
import type { Home } from './today.tsx'

type Line = Home['attention'][number]
const urgent: readonly Line['kind'][] = ['classesOverCapacity', 'classesColliding', 'classesWithoutInstructor']

const shownAtOnce = 4

const listed: Partial<Record<Line['kind'], ClassAttention>> = {
  classesOverCapacity: 'overCapacity',
  classesWithFreeSeats: 'freeSeats',
  classesColliding: 'colliding',
  classesWithoutInstructor: 'noInstructor',
  classesWithoutMeetings: 'noMeetings',
}

/** The way to the list of exactly those that are counted. */
function WayToAll({ kind, children }: { kind: Line['kind']; children: string }) {
  const params = { school: useSchool().slug }
  if (kind === 'studentsTwice')
    return (
      <Link to="/$school/students/duplicates" params={params}>
        {children}
      </Link>
    )
  if (kind === 'studentsWithoutProgram')
    return (
      <Link to="/$school/students" params={params} search={{ program: noProgram, status: 'active' }}>
        {children}
      </Link>
    )
  return (
    <Link to="/$school/classes" params={params} search={{ term: allTerms, attention: listed[kind] }}>
      {children}
    </Link>
  )
}

function AttentionLine({ line: { kind, count, first } }: { line: Line }) {
  const words = useWords(homeWords)
  const [isWhole, setWhole] = useState(false)
  const entity = kind.startsWith('students') ? 'student' : 'class'
  const names = isWhole ? first : first.slice(0, shownAtOnce)
  // Of likely duplicates the names are of both records, and the count is of the pairs.
  const rest = (kind === 'studentsTwice' ? first.length : count) - names.length
  const mayUnfold = !isWhole && first.length > names.length
  return (
    <li>
      <Status tone={urgent.includes(kind) ? 'bad' : 'warn'}>
        <span className="attention-what">
          <WayToAll kind={kind}>{words.kinds[kind](count)}</WayToAll>
        </span>
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
      </p>
    </li>
  )
}

type Trouble = Home['imports'][number]

function ImportLine({ trouble: { source, what, at } }: { trouble: Trouble }) {
  const words = useWords(homeWords).imports
  const { instant } = useFormats()
  return (
    <li>
      <Status tone={what === 'failed' ? 'bad' : 'warn'}>
        <span className="attention-what">
          <Link to="/$school/imports" params={{ school: useSchool().slug }}>
            {words[what](source)}
          </Link>
        </span>
      </Status>
      <p className="attention-names dim">{words.at[what](instant(at))}</p>
    </li>
  )
}

type BackupTrouble = NonNullable<Home['backup']>

function BackupLine({
  trouble: { what, at },
}: {
  trouble: Omit<BackupTrouble, 'what'> & { what: BackupTrouble['what'] | 'stream' }
}) {
  const words = useWords(homeWords).backup
  const { instant } = useFormats()
  return (
    <li>
      <Status tone="bad">
        <span className="attention-what">
          <Link to="/$school/system" params={{ school: useSchool().slug }}>
            {words[what]}
          </Link>
        </span>
      </Status>
      <p className="attention-names dim">{words.at[what](instant(at))}</p>
    </li>
  )
}

interface Attention {
  lines: Home['attention']
  imports: readonly Trouble[]
  backup: BackupTrouble | null
  stream: { at: string } | null
}

/** Each name links to the page where it can be mended. */
export function AttentionList({ lines, imports, backup, stream }: Attention) {
  const words = useWords(homeWords)
  const isEmpty = lines.length + imports.length === 0 && !backup && !stream
  return (
    <Section title={words.attention}>
      {isEmpty && <p className="dim">{words.inOrder}</p>}
      {!isEmpty && (
        <ul className="attention" aria-label={words.attention}>
          {backup && <BackupLine trouble={backup} />}
          {stream && <BackupLine trouble={{ what: 'stream', at: stream.at }} />}
          {imports.map((trouble) => (
            <ImportLine key={trouble.source} trouble={trouble} />
          ))}
          {lines.map((line) => (
            <AttentionLine key={line.kind} line={line} />
          ))}
        </ul>
      )}
    </Section>
  )
}
