import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Permission } from '../../server/access.ts'
import { useMay, useSchool } from '../school.tsx'
import { addressOf } from './record-kind.ts'

interface RecordLinkProps {
  kind: { path: string }
  id: string
  /** Who may not read the kind gets the name alone. */
  permission: Permission
  children: ReactNode
}

/** The name of another record, and the way to it. */
export function RecordLink({ kind, id, permission, children }: RecordLinkProps) {
  const { slug } = useSchool()
  if (!useMay(permission)) return children
  return (
    <Link to={addressOf(kind, '/$id')} params={{ school: slug, id } as never}>
      {children}
    </Link>
  )
}
