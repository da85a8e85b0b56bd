import { Button, NativeSelect } from '@mantine/core'
import IconPrinter from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { useState } from 'react'
import { addressKinds } from '../../db/values.ts'
import { sheetAtMost } from '../../server/contacts/input.ts'
import { useFormats, useWords } from '../messages/messages.tsx'
import { fullName, listName } from '../people.ts'
import { recall, remember } from '../remembered.ts'
import { useSchool } from '../school.tsx'
import { Empty } from '../ui/empty.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { PageHead } from '../ui/page.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import type { Contact } from './contact-words.ts'
import { contactWords } from './contact-words.ts'
import type { LabelSheetName } from './label-sheets.ts'
import { labelSheetNames, labelSheets, onSheets, paperSizes, usualSheet } from './label-sheets.ts'
import './labels.css'
import type { AddressChoice, Label } from './labels.ts'
import { labelsFor } from './labels.ts'
import type { Source } from './sheet-source.tsx'
import { useClassSource, useContacts, useStudentsSource } from './sheet-source.tsx'

const remembered = 'labels'

function useLabelWays() {
  const { locale } = useFormats()
  const kept = labelSheetNames.find((name) => name === recall(remembered))
  const [sheet, setSheet] = useState<LabelSheetName>(kept ?? usualSheet(locale))
  const [address, setAddress] = useState<AddressChoice>('local')
  const [first, setFirst] = useState(1)
  const { columns, rows } = labelSheets[sheet]
  return {
    sheet,
    address,
    first: Math.min(first, columns * rows),
    places: columns * rows,
    setSheet(name: LabelSheetName) {
      setSheet(name)
      remember(remembered, name)
    },
    setAddress,
    setFirst,
  }
}
type LabelWays = ReturnType<typeof useLabelWays>

function Choices({ ways }: { ways: LabelWays }) {
  const words = useWords(contactWords)
  const { number } = useFormats()
  const places = Array.from({ length: ways.places }, (_, index) => index + 1)
  return (
    <div className="label-choices">
      <NativeSelect
        label={words.sheet}
        data={labelSheetNames.map((value) => ({ value, label: words.sheets[value] }))}
        value={ways.sheet}
        onChange={(event) => ways.setSheet(event.currentTarget.value as LabelSheetName)}
      />
      <NativeSelect
        label={words.address}
        data={addressKinds.map((value) => ({ value, label: words.addresses[value] }))}
        value={ways.address}
        onChange={(event) => ways.setAddress(event.currentTarget.value as AddressChoice)}
      />
      <NativeSelect
        label={words.first}
        data={places.map((place) => ({ value: String(place), label: number(place) }))}
        value={String(ways.first)}
        onChange={(event) => ways.setFirst(Number(event.currentTarget.value))}
      />
    </div>
  )
}

const OneLabel = ({ label }: { label: Label | null }) => (
  <li className="label" aria-hidden={label === null || undefined}>
    {label && (
      <>
        <div className="label-names">{label.names.join(', ')}</div>
        {label.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines stay where they are
          <div key={index}>{line}</div>
        ))}
      </>
    )}
  </li>
)

function Sheets({ labels, ways }: { labels: readonly Label[]; ways: LabelWays }) {
  const words = useWords(contactWords)
  const sheet = labelSheets[ways.sheet]
  const { paper, columns, width, height, left, top, gap } = sheet
  const size = paperSizes[paper]
  const style = {
    '--sheet-width': `${size.width}mm`,
    '--sheet-height': `${size.height}mm`,
    '--label-width': `${width}mm`,
    '--label-height': `${height}mm`,
    '--label-gap': `${gap}mm`,
    '--label-columns': columns,
    paddingBlockStart: `${top}mm`,
    paddingInlineStart: `${left}mm`,
  } as CSSProperties
  return (
    <>
      <style>{`@page { size: ${paper}; margin: 0; }`}</style>
      {onSheets(labels, sheet, ways.first).map((places, page) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sheets stay in their order
        <ul key={page} className="label-sheet" style={style} aria-label={words.sheetNumber(page + 1)}>
          {places.map((label, place) => (
            <OneLabel key={label?.key ?? `used ${place}`} label={label} />
          ))}
        </ul>
      ))}
    </>
  )
}

function Without({ students }: { students: readonly Contact[] }) {
  const words = useWords(contactWords)
  const { slug } = useSchool()
  if (!students.length) return null
  return (
    <div className="label-without">
      <p>{words.without(students.length)}</p>
      <ul>
        {students.map((student) => (
          <li key={student.id}>
            <Link to="/$school/students/$id" params={{ school: slug, id: student.id }}>
              {listName(student)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Made({ contacts, ways }: { contacts: readonly Contact[]; ways: LabelWays }) {
  const words = useWords(contactWords)
  const { locale } = useFormats()
  const { familyOf } = words
  const { labels, without } = labelsFor(contacts, { first: ways.address, locale, nameOf: fullName, familyOf })
  const sheets = onSheets(labels, labelSheets[ways.sheet], ways.first).length
  return (
    <>
      <p className="dim" role="status">
        {words.labelCount(labels.length, sheets)}
      </p>
      <p className="dim">{words.onceEach}</p>
      <p className="dim">{words.printHint}</p>
      <Without students={without} />
      {labels.length > 0 && <Sheets labels={labels} ways={ways} />}
    </>
  )
}

function LabelsPage({ source }: { source: Source }) {
  const words = useWords(contactWords)
  const { name } = useSchool()
  const ways = useLabelWays()
  const { contacts, error } = useContacts(source)
  const title = source.title ? words.labelsOf(source.title) : words.labels
  usePageTitle(title, name)
  return (
    <div className="page labels-page">
      {source.back}
      <PageHead
        title={title}
        actions={
          <Button
            disabled={!contacts?.length}
            leftSection={<IconPrinter size={15} aria-hidden />}
            onClick={() => print()}
          >
            {words.print}
          </Button>
        }
      />
      <p className="dim">{source.facts.join(' · ')}</p>
      <Choices ways={ways} />
      {Boolean(error) && !contacts && <NotRead inPage title={words.failed} error={error} />}
      {source.ids === null && <Empty inPage title={words.tooMany(sheetAtMost)} />}
      {!contacts && !error && source.ids !== null && (
        <p className="dim" role="status">
          {words.reading}
        </p>
      )}
      {contacts?.length === 0 && <Empty inPage title={words.nobody} />}
      {contacts && contacts.length > 0 && <Made contacts={contacts} ways={ways} />}
    </div>
  )
}

const ofClass = getRouteApi('/$school/classes/$id/labels')
const ofStudents = getRouteApi('/$school/students/labels')

export const ClassLabelsPage = () => <LabelsPage source={useClassSource(ofClass.useParams().id)} />
export const StudentsLabelsPage = () => <LabelsPage source={useStudentsSource(ofStudents.useSearch())} />
