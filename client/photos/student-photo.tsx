import { lazy, Suspense, useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { part } from '../part.ts'
import { fullName } from '../people.ts'
import { useMay } from '../school.tsx'
import { Avatar } from '../students/avatar.tsx'
import type { Student } from '../students/student-queries.ts'
import { photoWords } from './photo-words.ts'
import './photos.css'

const PhotoDialog = lazy(part(() => import('./photo-dialog.tsx')))

/** The face beside a student's name; for the office, the button that changes it. */
export function StudentPhoto({ student }: { student: Student }) {
  const words = useWords(photoWords)
  const mayWrite = useMay('student.write') && !student.archivedAt
  const [isOpen, setOpen] = useState(false)
  if (!mayWrite) return <Avatar student={student} size="page" />
  const name = fullName(student)
  return (
    <>
      <button
        type="button"
        className="photo-button"
        aria-label={student.photo ? words.change(name) : words.add(name)}
        onClick={() => setOpen(true)}
      >
        <Avatar student={student} size="page" />
      </button>
      {isOpen && (
        <Suspense>
          <PhotoDialog student={student} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
