/** A picture on a page is asked for by its address alone, which therefore names the school. */
import type { Context as HonoContext } from 'hono'
import { domainError } from '../errors.ts'
import { id } from '../input.ts'
import { readPhoto } from '../photos/read.ts'
import { grant } from '../trpc.ts'
import type { AppOptions, HonoEnv } from './http.ts'
import { contextOf } from './rpc.ts'

export const photoAddress = '/photo/:school/:student/:hash{[0-9a-f]{64}}'

/** In seconds. Within this time a browser shows a photo without asking, also one that was just erased. */
const keptFor = 300
const headers = {
  'content-type': 'image/jpeg',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': `private, max-age=${keptFor}`,
}

async function found(c: HonoContext<HonoEnv>, options: AppOptions): Promise<Buffer | undefined> {
  const { school: slug = '', student = '', hash = '' } = c.req.param()
  if (!id.safeParse(student).success) return undefined
  const request = contextOf(c, options, new Headers(), slug)
  const { school, actor } = await grant(request, { permission: 'student.read' })
  if (!school || !actor) return undefined
  return readPhoto({ db: options.db, now: request.now, school, actor }, student, hash)
}

/** Whoever is not signed in, or may not see the student, is told as little as of a photo that is not there. */
export const sendPhoto = (options: AppOptions) => async (c: HonoContext<HonoEnv>) => {
  c.var.notes.procedures = ['photos.get']
  try {
    const photo = await found(c, options)
    return photo ? c.body(new Uint8Array(photo), 200, headers) : c.notFound()
  } catch (error) {
    const known = domainError(error)
    if (!known) throw error
    return known.code === 'unavailable' ? c.text('The database is away', 503) : c.notFound()
  }
}
