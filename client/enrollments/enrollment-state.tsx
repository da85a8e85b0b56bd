import type { enrollmentStatuses } from '../../db/values.ts'
import { useMessages } from '../messages/messages.tsx'
import type { Tone } from '../ui/status.tsx'
import { Status } from '../ui/status.tsx'

type EnrollmentStatus = (typeof enrollmentStatuses)[number]
const tones: Record<EnrollmentStatus, Tone> = { enrolled: 'ok', waitlisted: 'warn', withdrawn: 'off', completed: 'off' }

/** Who is enrolled needs no word for it: only what differs from that is said. */
export const EnrollmentState = ({ status }: { status: EnrollmentStatus }) => {
  const { enrollmentStatus } = useMessages()
  return <Status tone={tones[status]}>{enrollmentStatus[status]}</Status>
}

/** Who is enrolled needs no word for it: only what differs from that is said. */
export const differingState = ({ status }: { status: EnrollmentStatus }) =>
  status !== 'enrolled' && <EnrollmentState status={status} />
