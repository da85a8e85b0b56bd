import { ActionIcon, Button } from '@mantine/core'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useMay } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'
import { alertWords } from './alert-words.ts'
import './alerts.css'
import { part } from '../part.ts'
import type { Alert, StudentAlerts as Alerts } from './use-alerts.ts'
import { useAlerts } from './use-alerts.ts'

const AlertDialog = lazy(part(() => import('./alert-dialog.tsx')))

const tones: Record<Alert['kind'], Tone> = { medical: 'bad', custody: 'bad', safety: 'bad', other: 'warn' }

/** Alerts that follow from her guardians' rights. They cannot be changed here. */
function Caution({ caution: { about, guardian } }: { caution: Alerts['cautions'][number] }) {
  const words = useWords(alertWords)
  if (about === 'barred')
    return (
      <li>
        <Status tone="bad">{words.barred(guardian ? fullName(guardian) : '')}</Status>
      </li>
    )
  return (
    <li>
      <Status tone={about === 'askOffice' ? 'bad' : 'warn'}>{words[about]}</Status>
    </li>
  )
}

/** The alerts at a student's name, as the person may know them. With `mayChange`, the office's page to change them. */
export function StudentAlerts({ student, mayChange = false }: { student: Student; mayChange?: boolean }) {
  const words = useWords(alertWords)
  const mayWrite = useMay('student.write') && mayChange && !student.archivedAt
  const found = useAlerts(student.id)
  const [edited, setEdited] = useState<Alert | null | undefined>()
  if (!found) return null
  const { alerts, cautions } = found
  const isEmpty = !alerts.length && !cautions.length
  if (isEmpty && !mayWrite) return null
  const name = fullName(student)
  return (
    <div className="alerts">
      {!isEmpty && (
        <ul aria-label={words.list(name)}>
          {cautions.map((caution) => (
            <Caution key={caution.about + (caution.guardian?.id ?? '')} caution={caution} />
          ))}
          {alerts.map((alert) => (
            <li key={alert.id}>
              <Status tone={tones[alert.kind]}>
                <span>
                  <span className="alert-kind">{words.kinds[alert.kind]}:</span> {alert.text}
                </span>
              </Status>
              {mayWrite && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={words.edit(alert.text)}
                  onClick={() => setEdited(alert)}
                >
                  <IconPencil size={14} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Button variant="default" onClick={() => setEdited(null)}>
          {words.add}
        </Button>
      )}
      {edited !== undefined && (
        <Suspense>
          <AlertDialog student={{ id: student.id, name }} alert={edited} onClose={() => setEdited(undefined)} />
        </Suspense>
      )}
    </div>
  )
}
