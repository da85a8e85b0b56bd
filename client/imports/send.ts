/** A bundle goes to a route of its own, as it is, while somebody sees how far it has come. */
import type { DateOrder } from '../../server/oneroster/read/dates.ts'
import { headersFor } from '../api.ts'
import type { KnownError } from '../errors.ts'

export interface Refusal {
  known: KnownError | undefined
  requestId: string | undefined
}
export type Sent = { id: string } | Refusal

interface Answer {
  id?: string
  error?: { data?: { error?: KnownError; requestId?: string } }
}

function answerOf(text: string): Answer {
  try {
    return JSON.parse(text) as Answer
  } catch {
    return {}
  }
}

export interface Bundle {
  name: string
  zip: Blob
  /** '' leaves it to the rows of each column. */
  order: DateOrder | ''
}

/** `onProgress` is told a share between 0 and 1. A browser's fetch does not tell what was sent. */
export function sendBundle(
  school: string,
  { name, zip, order }: Bundle,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/import/bundle')
    const headers = {
      ...headersFor(school),
      'content-type': 'application/zip',
      'x-file-name': encodeURIComponent(name),
      ...(order && { 'x-dates': order }),
    }
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0)
    request.onloadend = () => {
      const { id, error } = answerOf(request.responseText)
      resolve(id ? { id } : { known: error?.data?.error, requestId: error?.data?.requestId })
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(zip)
  })
}
