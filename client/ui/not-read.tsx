import type { ComponentProps } from 'react'
import { sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { Empty } from './empty.tsx'

interface NotReadProps extends Pick<ComponentProps<typeof Empty>, 'inPage' | 'isPage'> {
  error: unknown
  title?: string
}

/** In the place of what could not be read: why, and what to do. */
export function NotRead({ error, title, ...place }: NotReadProps) {
  const messages = useMessages()
  return <Empty {...place} title={title ?? messages.errors.title} hint={sentenceOf(error, messages)} />
}
