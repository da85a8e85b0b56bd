import type { ComponentProps } from 'react'
import { knownError, sentenceOf } from '../errors.ts'
import { useMessages } from '../messages/messages.tsx'
import { Empty } from './empty.tsx'

interface NotReadProps extends Pick<ComponentProps<typeof Empty>, 'inPage' | 'isPage'> {
  error: unknown
  title?: string
}

/** In the place of what could not be read: why, and what to do. A page of what nobody knows says so, as any wrong address. */
export function NotRead({ error, title, ...place }: NotReadProps) {
  const messages = useMessages()
  const { errors } = messages
  const { code, reason } = knownError(error) ?? {}
  // The id in the address is all that such a page asks with.
  const isWrongAddress = place.isPage && (code === 'not_found' || reason === 'input.invalid')
  if (!isWrongAddress) return <Empty {...place} title={title ?? errors.title} hint={sentenceOf(error, messages)} />
  const hint = code === 'not_found' ? sentenceOf(error, messages) : errors.notFoundHint
  return <Empty {...place} title={errors.notFound} hint={hint} />
}
