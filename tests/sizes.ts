/** What a browser loads to show the students, in English, gzipped, against the budgets; and that no server code is among it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

const client = join(import.meta.dirname, '../dist/client')
const screen = 'students/students-page.tsx'
const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`
const budgets = { js: 210 * 1024, css: 25 * 1024 }
/** What only the server's code says. */
const forbidden = [/drizzle-orm/, /better-sqlite3/, /pg_advisory/, /["'`]node:[a-z]/]

const manifestFile = join(client, '.vite/manifest.json')
if (!existsSync(manifestFile)) throw new Error('dist/client is not there. Run `npm run build` first')
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, Chunk>
const read = (file: string) => readFileSync(join(client, file), 'utf8')

/** The files of a chunk and of all it imports before it can run. */
function filesOf(key: string, found = new Set<string>(), seen = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return found
  seen.add(key)
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
  for (const imported of chunk.imports ?? []) filesOf(imported, found, seen)
  return found
}

const sources = join(import.meta.dirname, '../client')
const importing = /^(?:import|export)\s+(?!type\s)(?:[^'"]*?\sfrom\s+)?['"](\.[^'"]+\.tsx?)['"]/gm
/** A module of the screens and all it imports before it can run. */
function modulesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, target = ''] of readFileSync(join(sources, file), 'utf8').matchAll(importing))
    modulesOf(join(dirname(file), target), seen)
  return seen
}
/** The frame's sentences, and those of the areas that these modules name by `area()`. */
function wordsOf(modules: Iterable<string>): string[] {
  const code = [...modules].map((file) => readFileSync(join(sources, file), 'utf8')).join('\n')
  const areas = [...code.matchAll(/\barea\('(\w+)'\)/g)].map(([, name = '']) => name)
  const files = areas.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  return ['catalog', ...files].map((name) => `messages/en/${name}.ts`)
}

const failures: string[] = []

const weigh = (file: string) => ({ file, weight: gzipSync(read(file), { level: 9 }).length })

function hold(kind: 'js' | 'css', files: string[]): number {
  const weights = files
    .filter((file) => file.endsWith(`.${kind}`))
    .map(weigh)
    .toSorted((a, b) => b.weight - a.weight)
  const sum = weights.reduce((total, { weight }) => total + weight, 0)
  const biggest = weights.slice(0, 6).map(({ file, weight }) => `  ${kib(weight)}  ${file}`)
  console.log(`students screen, ${kind}: ${kib(sum)} of ${kib(budgets[kind])} gzipped, in ${weights.length} files`)
  if (sum > budgets[kind])
    failures.push(`The students screen's ${kind} is too much. The biggest:\n${biggest.join('\n')}`)
  return sum
}

if (!manifest[screen]) throw new Error(`The build has no ${screen}: name the students screen in tests/sizes.ts`)
const screens = filesOf(screen, filesOf('index.html'))
const words = wordsOf(modulesOf(screen, modulesOf('main.tsx')))
if (words.length < 3 || words.some((key) => !manifest[key]))
  failures.push(`The build lacks the words of the students screen: ${words.join(', ')}`)
const files = [...new Set([...screens, ...words.flatMap((key) => [...filesOf(key)])])]
const weights = { js: hold('js', files), css: hold('css', files) }
if (files.some((file) => read(file).includes('ZodError')))
  failures.push('zod has come into the students screen: only forms, which are loaded later, may import input.ts')

for (const file of readdirSync(join(client, 'assets')).filter((name) => name.endsWith('.js')))
  for (const word of forbidden.filter((one) => one.test(read(`assets/${file}`))))
    failures.push(`${file} holds server code (${word}): import it by \`import type\`, in a statement of its own`)

/** For the comment on a change. */
if (process.env.HOMEROOM_REPORTS) {
  const sums: Record<string, number> = {}
  // A shared file is named by its hash as well, which changes with it.
  for (const [name, { file }] of Object.entries(manifest)) {
    const kept = name.replace(/-[\w-]{8}\.js$/, '.js')
    sums[kept] = (sums[kept] ?? 0) + weigh(file).weight
  }
  const report = { screen: weights, files: sums }
  writeFileSync(join(process.env.HOMEROOM_REPORTS, 'sizes.json'), JSON.stringify(report))
}

for (const failure of failures) console.error(failure)
process.exitCode = failures.length ? 1 : 0
