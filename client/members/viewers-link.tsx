import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { area } from '../messages/languages.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { useMay, useTrpc } from '../school.tsx'
import type { Outputs } from '../trpc.ts'
import { Waiting } from '../ui/page.tsx'
import './viewers.css'

type Viewer = Outputs['students']['viewers'][number]
const words = area('viewers')

function ViewerRow({ viewer }: { viewer: Viewer }) {
  const { roles } = useMessages()
  const { basics, alerts, privateDetails, guardians, sees, through, notJoined } = useWords(words)
  const { classes, seesAlerts, seesPrivate, seesGuardians } = viewer
  const parts = [basics, seesAlerts && alerts, seesPrivate && privateDetails, seesGuardians && guardians]
  return (
    <li>
      <div>
        <strong>{viewer.name}</strong>
        <span className="dim">
          {[roles[viewer.role], classes.length > 0 && through(classes.map(({ title }) => title))]
            .filter(Boolean)
            .join(', ')}
        </span>
      </div>
      <p className="dim">{sees(parts.filter((part) => part !== false))}</p>
      {!viewer.hasJoined && <p className="dim">{notJoined}</p>}
    </li>
  )
}

function Viewers({ studentId }: { studentId: string }) {
  const messages = useMessages()
  const { intro, failed } = useWords(words)
  const trpc = useTrpc()
  const { data, error } = useQuery(trpc.students.viewers.queryOptions({ id: studentId }))
  if (error && !data)
    return (
      <p role="alert">
        {failed} {sentenceOf(error, messages)}
      </p>
    )
  if (!data) return <Waiting lines={4} />
  return (
    <>
      <p className="dim">{intro(data.length)}</p>
      <ul className="viewers">
        {data.map((viewer) => (
          <ViewerRow key={viewer.id} viewer={viewer} />
        ))}
      </ul>
    </>
  )
}

/** Asked of the office by parents: answered by the rules that decide it. */
export function ViewersLink({ studentId }: { studentId: string }) {
  const { close } = useMessages()
  const { ask, title } = useWords(words)
  const [isOpen, setOpen] = useState(false)
  if (!useMay('student.readViewers')) return null
  return (
    <>
      <button type="button" className="viewers-ask" onClick={() => setOpen(true)}>
        {ask}
      </button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={title} closeButtonProps={{ 'aria-label': close }}>
        <Viewers studentId={studentId} />
      </Modal>
    </>
  )
}
