import type { ZipReading } from '../../zip.ts'
import { openZip as openAnyZip } from '../../zip.ts'
import { BundleError } from '../report.ts'
import type { Limits, Source } from './chosen-files.ts'
import { chosenFiles, looksLikeOurs } from './chosen-files.ts'
import { fileNamed } from './files.ts'

const hidden = /^\.|\p{Cc}/u

function isCandidate(name: string): boolean {
  const parts = name.split('/')
  return parts.length <= 2 && parts[0] !== '__MACOSX' && !parts.some((part) => hidden.test(part)) && !name.endsWith('/')
}

const advice: ZipReading['advice'] = {
  unreadable: 'name a folder or a zip with OneRoster files',
  otherMethod: 'pack the files again as an ordinary zip (method Deflate, without a password), or name their folder',
  bomb: 'no roster does',
  damaged: 'download or pack the zip again',
}

/** A zip that came over the network has no path: `fd` is of a file that only this process sees, which `close` closes. */
export async function openZip(path: string, limit: Limits, fd?: number): Promise<Source> {
  const zip = await openAnyZip({
    path,
    fd,
    mostEntries: limit.entries,
    isWanted: (name) => isCandidate(name) && fileNamed(name.split('/').at(-1) ?? '') !== undefined,
    advice,
    fail: (message) => new BundleError(message),
  })
  try {
    const files = chosenFiles(zip.files, path, limit)
    const unread = zip.names.filter((name) => isCandidate(name) && looksLikeOurs(name))
    return { files, unread, close: zip.close }
  } catch (error) {
    zip.close()
    throw error
  }
}
