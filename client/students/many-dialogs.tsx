import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMessages, useWords } from '../messages/messages.tsx'
import '../records/records.css'
import { useTrpc } from '../school.tsx'
import { fullName, listName } from './student-name.ts'
import type { StudentRow } from './student-queries.ts'
import type { Outcome, useMany } from './use-many.ts'
import { manyWords } from './use-many.ts'

interface DialogProps {
  many: ReturnType<typeof useMany>
  count: number
}

/** The open enrollments of those who are to be archived, and what can become of them. */
export function StandingDialog({ many, count }: DialogProps) {
  const { cancel, close } = useMessages()
  const words = useWords(manyWords)
  if (!many.standing) return null
  return (
    <Modal opened onClose={many.dismiss} title={words.inUse(count)} closeButtonProps={{ 'aria-label': close }}>
      <ul className="standing">
        {many.standing.standing.map(({ count: open, names }) => (
          <li key={names.join()}>
            {words.enrollments(open)}
            <span className="dim">{open > names.length ? words.inClassesAndMore(names) : words.inClasses(names)}</span>
          </li>
        ))}
      </ul>
      <p className="dim">{words.history}</p>
      <div className="choices">
        <Button variant="default" size="sm" disabled={many.isBusy} onClick={() => many.archive('keep')}>
          {words.keep}
        </Button>
        <Button variant="default" size="sm" disabled={many.isBusy} onClick={() => many.archive('end')}>
          {words.end}
        </Button>
        <Button data-autofocus size="sm" onClick={many.dismiss}>
          {cancel}
        </Button>
      </div>
    </Modal>
  )
}

/** By her row where it is loaded; else she is asked for. */
function RefusedRow({ outcome, row }: { outcome: Outcome; row: StudentRow | undefined }) {
  const { errors, loading } = useMessages()
  const trpc = useTrpc()
  const { data } = useQuery(trpc.students.get.queryOptions({ id: outcome.id ?? '' }, { enabled: !row && !!outcome.id }))
  const name = row ? listName(row) : data ? fullName(data) : loading
  return (
    <li>
      {name}
      <span className="dim">{outcome.reason && errors.reasons[outcome.reason]}</span>
    </li>
  )
}

const namedAtMost = 8

/** Who cannot be changed, and why; nothing was changed. */
export function RefusedDialog({ many, rows }: Pick<DialogProps, 'many'> & { rows: readonly StudentRow[] }) {
  const { close } = useMessages()
  const words = useWords(manyWords)
  if (!many.refused) return null
  const { refused, outcomes } = many.refused
  const bad = outcomes.filter(({ ok }) => !ok).slice(0, namedAtMost)
  return (
    <Modal opened onClose={many.dismiss} title={words.refused(refused)} closeButtonProps={{ 'aria-label': close }}>
      <ul className="standing">
        {bad.map((outcome) => (
          <RefusedRow key={outcome.index} outcome={outcome} row={rows.find(({ id }) => id === outcome.id)} />
        ))}
        {refused > bad.length && <li className="dim">{words.andMore(refused - bad.length)}</li>}
      </ul>
      <div className="choices">
        <Button data-autofocus size="sm" onClick={many.reload}>
          {words.reload}
        </Button>
      </div>
    </Modal>
  )
}
