import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Fragment } from 'react'
import type { JournalEntity } from '../../db/values.ts'
import { isRecordEntity, recordKinds } from '../../db/values.ts'
import { useSchool } from '../school.tsx'

/** Places in a sentence that parts are put into, in letters no name holds. */
export const slot = (index: number): string => `\u{e000}${index}\u{e001}`

/** A sentence of the catalog with the parts in their places. */
export const Filled = ({ text, parts }: { text: string; parts: readonly ReactNode[] }) =>
  text.split(/\u{e000}(\d+)\u{e001}/u).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other name
    <Fragment key={index}>{index % 2 ? parts[Number(piece)] : piece}</Fragment>
  ))

const pageOf = (entity: JournalEntity) =>
  isRecordEntity(entity) ? recordKinds[entity].path : entity === 'membership' ? 'members' : undefined

/** A record's name, leading to its page where it has one. */
export function RecordLink({ entity, id, children }: { entity: JournalEntity; id: string; children: ReactNode }) {
  const { slug } = useSchool()
  const page = pageOf(entity)
  if (!page) return children
  return (
    <Link to={`/$school/${page}/$id` as '/$school/students/$id'} params={{ school: slug, id }}>
      {children}
    </Link>
  )
}
