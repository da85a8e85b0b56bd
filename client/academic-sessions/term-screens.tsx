import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { ListColumn } from '../lists/list-columns.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { LinkedRecords } from '../records/linked-records.tsx'
import type { Change } from '../records/many/change.ts'
import { countIn } from '../records/many/change.ts'
import { RecordFrame } from '../records/record-frame.tsx'
import { RecordLink } from '../records/record-link.tsx'
import { RecordsList } from '../records/records-list.tsx'
import type { RecordsSearch } from '../records/records-search.ts'
import { useMay, useSchool, useToday, useTrpc } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import type { Term, TermRow } from './term-kind.ts'
import { termKind, termWords } from './term-kind.ts'
import { termTree } from './term-tree.ts'

type Row = TermRow & { depth: number }

/** Says so when the school's today lies in it. */
function Now({ term }: { term: Pick<TermRow, 'startDate' | 'endDate'> }) {
  const words = useWords(termWords)
  const day = useToday()
  return term.startDate <= day && day <= term.endDate && <Status tone="ok">{words.now}</Status>
}

type Indent = (row: Row) => { paddingInlineStart: number }

export function useColumns(indentOf: Indent): ListColumn<Row>[] {
  const words = useWords(termWords)
  const { date, number } = useFormats()
  const { columns: heads } = words
  const day = (id: 'startDate' | 'endDate'): ListColumn<Row> => ({
    id,
    header: heads[id],
    width: 116,
    text: (row) => date(row[id]),
    file: (row) => row[id],
  })
  return [
    {
      id: 'title',
      header: heads.title,
      width: 320,
      text: ({ title }) => title,
      cell: (row) => (
        <span style={indentOf(row)}>
          {row.title}
          <span className="second">
            <Now term={row} />
          </span>
        </span>
      ),
    },
    day('startDate'),
    day('endDate'),
    {
      id: 'type',
      header: heads.type,
      width: 132,
      text: ({ type }) => words.types[type],
    },
    {
      id: 'parent',
      header: words.fields.parentId,
      width: 200,
      isExtra: true,
      text: ({ parentTitle }) => parentTitle,
    },
    {
      id: 'schoolYear',
      header: words.fields.schoolYear,
      width: 140,
      isExtra: true,
      text: ({ schoolYear }) => String(schoolYear ?? ''),
    },
    {
      id: 'classes',
      header: heads.classes,
      from: 640,
      text: ({ classes }) => String(classes ?? ''),
      cell: ({ classes }) => classes !== undefined && classes > 0 && number(classes),
    },
  ]
}

function useTermChanges(): Change[] {
  const words = useWords(termWords)
  const { data = [] } = useQuery(useTrpc().academicSessions.list.queryOptions({}))
  const longer = data.filter(({ type }) => type !== 'gradingPeriod')
  return [
    {
      field: 'schoolYear',
      label: words.many.set.schoolYear,
      fieldLabel: words.fields.schoolYear,
      hint: words.schoolYearHint,
      wrong: words.wrong.schoolYear,
      sent: countIn,
      nameOf: words.schoolYear,
    },
    {
      field: 'parentId',
      label: words.many.set.parentId,
      choices: longer.map(({ id, title, startDate, endDate }) => ({
        value: id,
        label: words.choice(title, startDate, endDate),
      })),
      none: words.noParent,
    },
  ]
}

export function ListPage() {
  const words = useWords(termWords)
  const { q } = useSearch({ strict: false }) as RecordsSearch
  /** What is found stands by itself. */
  const indentOf: Indent = ({ depth }) => ({ paddingInlineStart: q ? 0 : depth * 22 })
  return (
    <RecordsList
      kind={termKind}
      useChanges={useTermChanges}
      columns={useColumns(indentOf)}
      textOf={({ title }) => title}
      arrange={termTree}
      under={(row) => <span style={indentOf(row)}>{words.days(row.startDate, row.endDate)}</span>}
    />
  )
}

function Parts({ term }: { term: Term }) {
  const words = useWords(termWords)
  const { slug } = useSchool()
  const mayWrite = useMay('academicSession.write')
  const trpc = useTrpc()
  const { data = [] } = useQuery(trpc.academicSessions.list.queryOptions({}))
  const rows = data
    .filter(({ parentId }) => parentId === term.id)
    .map(({ id, title, startDate, endDate }) => ({ id, name: title, second: words.days(startDate, endDate) }))
  if (term.type === 'gradingPeriod') return null
  return (
    <LinkedRecords title={words.within} path="terms" rows={rows} none={words.noneWithin}>
      {mayWrite && !term.archivedAt && (
        <LinkButton
          className="more"
          variant="default"
          to="/$school/terms/new"
          params={{ school: slug }}
          search={{ parent: term.id }}
          state={{ wasOpenedHere: true }}
        >
          {words.addWithin}
        </LinkButton>
      )}
    </LinkedRecords>
  )
}

/** As many as the list behind the link has: those of longer and shorter terms of these days too. */
function Classes({ id }: Term) {
  const words = useWords(termWords)
  const { slug } = useSchool()
  const { data: classes } = useQuery(useTrpc().classes.count.queryOptions({ academicSessionId: id }))
  if (classes === undefined) return null
  return (
    <Section title={words.columns.classes}>
      {classes > 0 ? (
        <LinkButton variant="default" to="/$school/classes" params={{ school: slug }} search={{ term: id }}>
          {words.showClasses(classes)}
        </LinkButton>
      ) : (
        <p className="dim">{words.noClasses}</p>
      )}
    </Section>
  )
}

export function RecordPage() {
  const words = useWords(termWords)
  return (
    <RecordFrame
      kind={termKind}
      aside={(term) => <Now term={term} />}
      labels={{ startDate: words.daysLabel }}
      facts={({ type, parentId, parentTitle, startDate, endDate, schoolYear }) => ({
        title: null,
        type: words.types[type],
        parentId: parentId && (
          <RecordLink kind={termKind} id={parentId} permission="academicSession.read">
            {parentTitle}
          </RecordLink>
        ),
        startDate: words.days(startDate, endDate),
        endDate: null,
        schoolYear,
      })}
    >
      {(term) => (
        <>
          <Parts term={term} />
          {term.classes !== undefined && <Classes {...term} />}
        </>
      )}
    </RecordFrame>
  )
}
