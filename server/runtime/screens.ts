/** Files with a hash in their names are cached for ever, index.html never. */
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
}
/** One plain name cannot mean another folder: no encoded letters, no leading dot. */
const fileName = /^\/(assets\/)?([A-Za-z0-9_-][\w.-]*)\.([a-z0-9]+)$/
/** No screen has encoded slashes, backslashes, NULs, percents or a leading dot in its address. */
const suspicious = /%(?:2f|5c|00|25)|\\|\/\.|\/\//i

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** A weight of 0 refuses an encoding. */
const accepts = (header: string, name: string): boolean =>
  header.split(',').some((part) => {
    const [encoding, ...parameters] = part.trim().split(/\s*;\s*/)
    return encoding === name && !parameters.some((p) => /^q=0(\.0+)?$/.test(p))
  })

async function sizeOf(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? found.size : undefined
}

async function chosen(path: string, accepted: string) {
  for (const [encoding, suffix] of encodings) {
    const size = accepts(accepted, encoding) ? await sizeOf(path + suffix) : undefined
    if (size !== undefined) return { path: path + suffix, size, encoding }
  }
  const size = await sizeOf(path)
  return size === undefined ? undefined : { path, size, encoding: undefined }
}

interface Folders {
  own: string
  /** What servers of other versions have put there. */
  shared: string | undefined
}
const placesOf = ({ own, shared }: Folders, assets: string, name: string): string[] =>
  assets && shared ? [join(own, assets, name), join(shared, name)] : [join(own, assets, name)]

async function firstOf(places: readonly string[], request: Request) {
  for (const place of places) {
    const found = await chosen(place, request.headers.get('accept-encoding') ?? '')
    if (found) return found
  }
  return undefined
}

async function file(folders: Folders, pathname: string, request: Request): Promise<Response | undefined> {
  const [, assets = '', name, extension = ''] = fileName.exec(pathname) ?? []
  const type = types[extension]
  if (!name || !type) return undefined
  const found = await firstOf(placesOf(folders, assets, `${name}.${extension}`), request)
  if (!found) return undefined
  const headers = {
    'content-type': type,
    'content-length': String(found.size),
    'cache-control': assets ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    ...(found.encoding && { 'content-encoding': found.encoding }),
  }
  if (request.method === 'HEAD') return new Response(null, { headers })
  return new Response(Readable.toWeb(createReadStream(found.path)) as ReadableStream, { headers })
}

/** HTML instead of a missing picture or script would break the page that asked. */
const wantsPage = (request: Request, pathname: string): boolean => {
  const accept = request.headers.get('accept') ?? '*/*'
  return accept.includes('text/html') || (accept.includes('*/*') && !/\.\w+$/.test(pathname))
}

const page = (html: Buffer, method: string) =>
  new Response(method === 'HEAD' ? null : new Uint8Array(html), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(html.length),
      'cache-control': 'no-store',
    },
  })

/** A redeploy may have changed index.html, so it is read each time. Undefined when nothing is at the address. */
export async function screen(own: string, request: Request, shared?: string): Promise<Response | undefined> {
  const { pathname } = new URL(request.url)
  const isOurs = /^\/(?:assets|trpc|health|metrics|api)(?:\/|$)/.test(pathname)
  if (!/^(GET|HEAD)$/.test(request.method) || suspicious.test(pathname)) return undefined
  const found = await file({ own, shared }, pathname, request)
  if (found || isOurs || !wantsPage(request, pathname)) return found
  const html = await readFile(join(own, 'index.html')).catch(() => undefined)
  return html && page(html, request.method)
}
