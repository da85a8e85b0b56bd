/** What a browser loads, against before. */
import { z } from 'zod'
import { code, table } from './markdown.ts'

const bytes = z.int().min(0)
const sizes = z.object({
  /** What the students screen loads, gzipped. */
  screen: z.object({ js: bytes, css: bytes }),
  /** Each file of the build by what it is made of, gzipped. */
  files: z.record(z.string(), bytes),
})
export type Sizes = z.infer<typeof sizes>
export const sizesOf = (json: unknown): Sizes | undefined => sizes.safeParse(json).data

const kib = (size: number) => `${(size / 1024).toFixed(1)} KiB`
const sum = (files: Record<string, number>) => Object.values(files).reduce((total, each) => total + each, 0)

/** Smaller changes come with every build. */
const worthSaying = 512

const change = (before: number, after: number) => {
  const by = after - before
  const size = Math.abs(by) < 100 ? `${Math.abs(by)} B` : kib(Math.abs(by))
  return by === 0 ? '0' : `${by > 0 ? '+' : '−'}${size}`
}

export function bundleText(after: Sizes, before?: Sizes): string {
  const row = (name: string, size: (of: Sizes) => number) => [
    name,
    kib(size(after)),
    before ? change(size(before), size(after)) : 'not measured',
  ]
  const names = [...new Set([...Object.keys(after.files), ...Object.keys(before?.files ?? {})])]
  const by = (name: string) => (after.files[name] ?? 0) - (before?.files[name] ?? 0)
  const files = names
    .filter((name) => before && Math.abs(by(name)) >= worthSaying)
    .toSorted((a, b) => Math.abs(by(b)) - Math.abs(by(a)))
    .slice(0, 10)
  return table(
    ['gzipped', 'size', 'against base'],
    [
      row('students screen, JavaScript', ({ screen }) => screen.js),
      row('students screen, CSS', ({ screen }) => screen.css),
      row('all screens', ({ files: all }) => sum(all)),
      ...files.map((name) => row(code(name), ({ files: all }) => all[name] ?? 0)),
    ],
  )
}

const image = z.object({ bytes: z.record(z.string(), bytes) })
const mib = (size: number) => `${(size / 1024 ** 2).toFixed(1)} MiB`

/** By platform. Undefined where no image was built. */
export function imageText(after: unknown, before: unknown): string | undefined {
  const [now, then] = [image.safeParse(after).data, image.safeParse(before).data]
  if (!now) return undefined
  const rows = Object.entries(now.bytes).map(([platform, size]) => {
    const old = then?.bytes[platform]
    return [code(platform), mib(size), old === undefined ? 'not measured' : mib(old)]
  })
  return table(['image', 'size', 'base'], rows)
}
