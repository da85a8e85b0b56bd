import { Button, Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useSchool, useTrpc } from '../school.tsx'
import { Failure, Notice, Section } from '../ui/page.tsx'
import { Changes } from './changes.tsx'
import { ConfirmEnding, Ending } from './ending.tsx'
import { FindingsTable } from './findings.tsx'
import { importWords } from './import-words.ts'
import type { Import, ImportReport } from './listed.ts'
import { MissingRecords } from './missing.tsx'
import { Outside } from './outside.tsx'
import { SystemName } from './system-name.tsx'
import type { CountedAs, Entity } from './totals-table.tsx'
import { countedAs, TotalsTable } from './totals-table.tsx'

const sumOf = ({ totals }: ImportReport): number =>
  Object.values(totals).reduce((sum, total) => sum + countedAs.reduce((all, one) => all + total[one], 0), 0)

interface Props {
  found: Import
  report: ImportReport
  drop: ReactNode
}

/** What keeps the bundle out until somebody decides, and the decision. */
function Decide({ found, report, drop }: Props) {
  const words = useWords(importWords).decide
  const messages = useMessages()
  const [skipInvalid, setSkip] = useState(false)
  const [acceptShrink, setAccept] = useState(false)
  const apply = useMutation(useTrpc().imports.bringIn.mutationOptions())
  const { rejected, shrunk } = report
  const [isConfirming, setConfirming] = useState(false)
  const ended = report.ended ?? 0
  const bringIn = () =>
    apply.mutate(
      { id: found.id, changedAt: found.changedAt, skipInvalid, acceptShrink },
      { onSettled: () => setConfirming(false) },
    )
  const isHeldBack = (rejected > 0 && !skipInvalid) || (shrunk.length > 0 && !acceptShrink)
  const changes = sumOf(report)
  return (
    <div className="import-choice">
      <Failure>{apply.error && sentenceOf(apply.error, messages)}</Failure>
      {rejected > 0 && <Notice tone="warn">{words.rejected(rejected)}</Notice>}
      {rejected > 0 && (
        <Checkbox
          label={words.leaveOut(rejected)}
          checked={skipInvalid}
          onChange={({ currentTarget }) => setSkip(currentTarget.checked)}
        />
      )}
      {shrunk.map(({ school, file, rows, before, isOfRegister }) => (
        <Notice key={`${school} ${file}`} tone="warn">
          {isOfRegister ? words.fewLeft(school, rows, before) : words.shrunk(`${file}.csv`, school, rows, before)}
        </Notice>
      ))}
      {shrunk.length > 0 && (
        <Checkbox
          label={words.fewer}
          checked={acceptShrink}
          onChange={({ currentTarget }) => setAccept(currentTarget.checked)}
        />
      )}
      <div className="import-decide">
        <Button
          size="sm"
          disabled={isHeldBack || changes === 0}
          loading={apply.isPending}
          onClick={() => (ended ? setConfirming(true) : bringIn())}
        >
          {words.apply(changes)}
        </Button>
        {drop}
      </div>
      {isConfirming && (
        <ConfirmEnding
          ended={ended}
          isBusy={apply.isPending}
          onConfirm={bringIn}
          onClose={() => setConfirming(false)}
        />
      )}
    </div>
  )
}

/** What the bundle would do. Nothing is changed yet. */
export function Preview(props: Props) {
  const { found, report } = props
  const words = useWords(importWords)
  const [shown, setShown] = useState<{ entity: Entity; counted: CountedAs } | null>(null)
  const { name: school, slug } = useSchool()
  const { id, name } = found
  const missing = report.missing ?? []
  const renamed = report.totals.school.changed ? report.schools.find((one) => one.slug === slug) : undefined
  return (
    <>
      <p className="dim import-note">{words.previewed(report.source)}</p>
      {report.schools.length > 0 ? (
        <TotalsTable
          label={words.totals}
          totals={report.totals}
          onShow={(entity, counted) => setShown({ entity, counted })}
        />
      ) : (
        <Outside found={found} report={report} />
      )}
      {renamed && <p className="import-note">{words.renames(school, renamed.name)}</p>}
      <Decide {...props} />
      {shown && <Changes key={`${shown.entity} ${shown.counted}`} id={id} {...shown} />}
      {missing.length > 0 && <MissingRecords found={found} missing={missing} />}
      {missing.length > 0 && <Ending found={found} report={report} />}
      {report.rejected > 0 && <FindingsTable of={{ id }} kind="rejected" total={report.rejected} name={name} />}
      {report.schools.length > 0 && <Outside found={found} report={report} />}
      {report.warnings > 0 && <FindingsTable of={{ id }} kind="warnings" total={report.warnings} name={name} />}
      {report.notes.length > 0 && (
        <Section title={words.notes}>
          <ul className="import-stays">
            {report.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={words.system.title}>
        <SystemName found={found} />
      </Section>
    </>
  )
}
