import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ListPath } from '../../db/values.ts'
import type { Permission } from '../../server/access.ts'
import { addressOf } from '../addresses.ts'
import { useMay, useSchool } from '../school.tsx'

interface RecordLinkProps {
  kind: { path: ListPath }
  id: string
  /** Who may not read the kind gets the name alone. */
  permission: Permission
  children: ReactNode
}

export function RecordLink({ kind, id, permission, children }: RecordLinkProps) {
  const { slug } = useSchool()
  if (!useMay(permission)) return children
  return (
    <Link to={addressOf(kind, '/$id')} params={{ school: slug, id }}>
      {children}
    </Link>
  )
}
