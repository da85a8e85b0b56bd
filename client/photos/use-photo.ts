import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useWords } from '../messages/messages.tsx'
import { fullName } from '../people.ts'
import { useTrpc } from '../school.tsx'
import type { Student } from '../students/student-queries.ts'
import { toast } from '../ui/toast.tsx'
import { photoWords } from './photo-words.ts'
import { inBase64, shrink } from './shrink.ts'

interface Picked {
  jpeg: Blob
  url: string
}

/** The picture that was chosen, made small. */
export function usePicked() {
  const words = useWords(photoWords)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  useEffect(() => () => void (picked && URL.revokeObjectURL(picked.url)), [picked])
  const pick = async (file: Blob | null | undefined) => {
    if (!file) return
    setBusy(true)
    setFailure('')
    const jpeg = await shrink(file)
    setBusy(false)
    if (jpeg) setPicked({ jpeg, url: URL.createObjectURL(jpeg) })
    else setFailure(words.unreadable)
  }
  return { picked, isBusy, failure, setFailure, pick }
}

/** First the picture is sent, then the student has it: no school waits for the bytes. */
export function usePhotoWrites(student: Student, onDone: () => void) {
  const trpc = useTrpc()
  const words = useWords(photoWords)
  const { id, version } = student
  const upload = useMutation(trpc.photos.upload.mutationOptions())
  const set = useMutation(
    trpc.photos.set.mutationOptions({
      onSuccess: (_, { photo }) => {
        onDone()
        toast(photo ? words.saved(fullName(student)) : words.removed(fullName(student)))
      },
    }),
  )
  return {
    isBusy: upload.isPending || set.isPending,
    error: upload.error ?? set.error,
    async save(jpeg: Blob) {
      const { hash } = await upload.mutateAsync({ studentId: id, content: await inBase64(jpeg) })
      set.mutate({ id, version, photo: hash })
    },
    remove: () => set.mutate({ id, version, photo: null }),
  }
}
