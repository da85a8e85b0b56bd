/** Whether a page of either version gets its files from a server of the other. */
import { RolloutError } from './backend.ts'

/** In ms. */
const patience = 10_000

async function get(url: string, accept: string): Promise<Response> {
  return fetch(url, { headers: { accept, connection: 'close' }, signal: AbortSignal.timeout(patience) })
}

export async function filesOfPage(server: string): Promise<string[]> {
  const page = await (await get(`${server}/`, 'text/html')).text()
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[\w.-]+)"/g)].map(([, file = '']) => file)
  if (!files.length) throw new RolloutError(`the page of ${server} names no file of its own`)
  return files
}

async function missing(server: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const answer = await get(server + file, '*/*')
    await answer.arrayBuffer()
    if (answer.status !== 200) return file
  }
  return undefined
}

/** A balancer sends each request anywhere, so both directions count. Throws. */
export async function requireFilesOfBoth(old: string, fresh: string): Promise<void> {
  for (const [page, server, which] of [
    [fresh, old, 'the old version does not serve the files of the new one'],
    [old, fresh, 'the new version does not serve the files of the old one'],
  ] as const) {
    const lost = await missing(server, await filesOfPage(page))
    if (lost) throw new RolloutError(`${which} (${lost}): do both servers share an ASSETS_FOLDER?`)
  }
}
