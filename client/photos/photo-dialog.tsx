import { Button } from '@mantine/core'
import type { ClipboardEvent, DragEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages, useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import type { Student } from '../students/student-queries.ts'
import { ShortDialog } from '../ui/short-dialog.tsx'
import { photoWords } from './photo-words.ts'
import './photos.css'
import { usePhotoWrites, usePicked } from './use-photo.ts'

const pictureIn = (files: FileList | undefined | null): File | undefined =>
  [...(files ?? [])].find(({ type }) => type.startsWith('image/')) ?? files?.[0]

interface WayProps {
  label: string
  /** The camera at the back of a phone. */
  isCamera?: boolean
  onPick(file: File | undefined): void
}
function Way({ label, isCamera = false, onPick }: WayProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant="default" onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        aria-label={label}
        {...(isCamera && { capture: 'environment' as const })}
        onChange={({ currentTarget }) => {
          onPick(currentTarget.files?.[0])
          currentTarget.value = ''
        }}
      />
    </>
  )
}

/** Wherever the focus is in the window, Ctrl+V is meant for the dialog that is open. */
function usePasted(pick: (file: File | undefined) => void) {
  useEffect(() => {
    const paste = (event: globalThis.ClipboardEvent | ClipboardEvent) => {
      const file = pictureIn(event.clipboardData?.files)
      if (file) pick(file)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  })
}

interface DropPlaceProps {
  pick(file: File | undefined): void
  url: string | undefined
  isBusy: boolean
}
function DropPlace({ pick, url, isBusy }: DropPlaceProps) {
  const words = useWords(photoWords)
  const [isOver, setOver] = useState(false)
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same by key
    <div
      className="photo-drop"
      data-over={isOver || undefined}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event)
        pick(pictureIn(event.dataTransfer.files))
      }}
    >
      <div className="photo-preview">{url && <img src={url} alt={words.preview} />}</div>
      <div className="photo-ways">
        <p>{words.invitation}</p>
        <div>
          <Way label={words.choose} onPick={pick} />
          <span className="on-phones">
            <Way label={words.take} isCamera onPick={pick} />
          </span>
        </div>
        <p className="dim" role="status">
          {isBusy ? words.making : words.hint}
        </p>
      </div>
    </div>
  )
}

export default function PhotoDialog({ student, onClose }: { student: Student; onClose(): void }) {
  const messages = useMessages()
  const words = useWords(photoWords)
  const { picked, isBusy, failure, setFailure, pick } = usePicked()
  const writes = usePhotoWrites(student, onClose)
  const take = (file: File | undefined) => void pick(file)
  usePasted(take)
  const name = fullName(student)
  const refused = writes.error && sentenceOf(writes.error, messages)
  return (
    <ShortDialog
      title={student.photo ? words.change(name) : words.add(name)}
      submitLabel={words.save}
      isBusy={writes.isBusy || isBusy}
      failure={failure || refused}
      onSubmit={() => {
        if (picked) void writes.save(picked.jpeg).catch(() => undefined)
        else setFailure(words.noPicture)
      }}
      onClose={onClose}
    >
      <DropPlace pick={take} url={picked?.url} isBusy={isBusy} />
      {student.photo && (
        <div>
          <Button variant="default" disabled={writes.isBusy} onClick={writes.remove}>
            {words.remove}
          </Button>
        </div>
      )}
    </ShortDialog>
  )
}
