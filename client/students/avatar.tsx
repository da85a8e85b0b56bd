import { useState } from 'react'
import { useSchool } from '../school.tsx'
import './avatar.css'

interface Pictured {
  id: string
  givenName: string
  familyName: string
  photo?: string | null
}

/** The first letter of each name; of one with an accent or of several code points, the whole letter. */
const initialsOf = ({ givenName, familyName }: Pictured): string =>
  [givenName, familyName].map((name) => [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '').join('')

/** The student's photo, or initials in its place: either is as large. The name stands beside it. */
export function Avatar({ student, size }: { student: Pictured; size: 'row' | 'page' | 'sheet' }) {
  const { slug } = useSchool()
  const [failed, setFailed] = useState<string | null>(null)
  const { id, photo } = student
  const isShown = photo && photo !== failed
  return (
    <span className="avatar" data-size={size} data-initials={isShown ? undefined : initialsOf(student)} aria-hidden>
      {isShown && (
        <img
          src={`/photo/${slug}/${id}/${photo}`}
          alt=""
          loading={size === 'row' ? 'lazy' : 'eager'}
          onError={() => setFailed(photo)}
        />
      )}
    </span>
  )
}
