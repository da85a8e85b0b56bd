import { ActionIcon } from '@mantine/core'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import type { ReactNode } from 'react'
import { useWords } from '../messages/messages.tsx'
import { Status } from '../ui/status.tsx'
import './enrollments.css'
import { enrollmentWords } from './enrollment-words.ts'

export interface Chosen {
  id: string
  label: string
  second?: ReactNode
  /** Why the server refused it. */
  refusal?: string | undefined
  /** Shown before it is sent. */
  warnings?: readonly string[] | undefined
}

interface ChosenListProps {
  label: string
  chosen: readonly Chosen[]
  onRemove(id: string): void
}

/** The chosen ones, each with a button that removes it, its refusal and its warnings. */
export function ChosenList({ label, chosen, onRemove }: ChosenListProps) {
  const { enroll } = useWords(enrollmentWords)
  return (
    <ul className="chosen" aria-label={label}>
      {chosen.map(({ id, label: name, second, refusal, warnings = [] }) => (
        <li key={id} data-refused={refusal ? true : undefined}>
          <span className="chosen-name">{name}</span>
          <span className="dim digits">{second}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            className="push"
            aria-label={enroll.remove(name)}
            onClick={() => onRemove(id)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
          {refusal && <p className="refusal">{refusal}</p>}
          {warnings.map((warning) => (
            <p key={warning} className="warning">
              <Status tone="warn">{warning}</Status>
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}
