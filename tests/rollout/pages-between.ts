/** A browser without luck: each file of the page that it got is asked for once, and another colour may answer. */
import { setTimeout as sleep } from 'node:timers/promises'

export interface Visited {
  pages: number
  files: number
  /** Which files were not there. */
  missing: string[]
  /** How many pages had other files than the first. */
  fresh: number
}

const filesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/["'`/](assets\/[\w.-]+?\.(?:js|css))["'`]/g)].map(([, file = '']) => file)),
]
/** What the entry loads late, by the names it holds. */
const laterIn = (script: string): string[] => [
  ...new Set([...script.matchAll(/["'`]\.?\/?([\w.-]+-[\w-]{8,}\.js)["'`]/g)].map(([, name]) => `assets/${name}`)),
]

export class Visitors {
  readonly #url: string
  #isOver = false
  readonly seen: Visited = { pages: 0, files: 0, missing: [], fresh: 0 }
  #first = ''

  constructor(url: string) {
    this.#url = url
  }

  async #get(path: string): Promise<string | undefined> {
    const answer = await fetch(`${this.#url}/${path}`, { headers: { accept: path ? '*/*' : 'text/html' } })
    const text = await answer.text()
    return answer.ok ? text : undefined
  }

  async #visit(): Promise<void> {
    const page = await this.#get('')
    const files = filesIn(page ?? '')
    this.#first ||= files[0] ?? ''
    this.seen.pages++
    if (files[0] !== this.#first) this.seen.fresh++
    const scripts = await Promise.all(files.map((file) => this.#file(file)))
    const later = scripts.flatMap((script) => laterIn(script ?? ''))
    await Promise.all(
      later
        .toSorted(() => Math.random() - 0.5)
        .slice(0, 6)
        .map((file) => this.#file(file)),
    )
  }

  async #file(file: string): Promise<string | undefined> {
    this.seen.files++
    const text = await this.#get(file).catch(() => undefined)
    if (text === undefined) this.seen.missing.push(file)
    return text
  }

  async run(): Promise<Visited> {
    while (!this.#isOver) {
      await this.#visit().catch(() => this.seen.missing.push('the page'))
      await sleep(100)
    }
    return this.seen
  }

  end(): void {
    this.#isOver = true
  }
}
