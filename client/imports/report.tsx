import { useWords } from '../messages/messages.tsx'
import { useSchool } from '../school.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Section } from '../ui/page.tsx'
import { FindingsTable } from './findings.tsx'
import { importWords } from './import-words.ts'
import type { Import, ImportReport } from './listed.ts'
import { MissingRecords } from './missing.tsx'
import { Outside } from './outside.tsx'
import { TotalsTable } from './totals-table.tsx'

/** What the bundle has done. */
export function Report({ found, report }: { found: Import; report: ImportReport }) {
  const words = useWords(importWords)
  const { slug } = useSchool()
  const { id, name } = found
  const { missing = [], ended = 0 } = report
  return (
    <>
      <div className="import-choice">
        <Notice tone="info" role="status">
          {words.done.title} {ended > 0 && words.ending.done(ended)}
        </Notice>
        <div className="import-decide">
          <LinkButton size="sm" to="/$school/students" params={{ school: slug }}>
            {words.done.students}
          </LinkButton>
          <LinkButton variant="default" size="sm" to="/$school/imports" params={{ school: slug }}>
            {words.done.undo}
          </LinkButton>
        </div>
      </div>
      <Section title={words.changed}>
        <TotalsTable label={words.changed} totals={report.totals} />
      </Section>
      {report.rejected > 0 && <FindingsTable of={{ id }} kind="rejected" total={report.rejected} name={name} />}
      {missing.length > 0 && <MissingRecords found={found} missing={missing} />}
      <Outside found={found} report={report} />
      {report.warnings > 0 && <FindingsTable of={{ id }} kind="warnings" total={report.warnings} name={name} />}
    </>
  )
}
