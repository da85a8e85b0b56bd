#!/usr/bin/env node
/** The build is made in its own folder and renamed at the end: two builds at once, or a failed one, leave no half dist/. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const dist = join(root, 'dist')

const sources = [
  'client',
  'db',
  'docs/office.md',
  'server',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
]

function filesIn(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (/\.\w+$/.test(path)) return [full]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Returns undefined in an image, which ships only what was built. */
export function stampOfSources() {
  if (!existsSync(join(root, 'server/main.ts'))) return undefined
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesIn)) hash.update(`${relative(root, file)}\0`).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

export function stampOfBuild() {
  const file = join(dist, 'stamp')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Returns seconds; nothing without a repository or with uncommitted changes. */
function committedAt() {
  if (!existsSync(join(root, '.git'))) return undefined
  const git = (...args) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    return git('status', '--porcelain', '--', ...sources) ? undefined : Number(git('log', '-1', '--format=%ct'))
  } catch {
    return undefined
  }
}

const changedAt = () => Math.max(...sources.flatMap(filesIn).map((file) => statSync(file).mtimeMs)) / 1000

/** In 0.1.0+20261121093000.3f9c2a1b the instant (UTC) shows a page which version is newer. SOURCE_DATE_EPOCH replaces it. */
function versionOf(stamp) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const seconds = Number(process.env.SOURCE_DATE_EPOCH) || committedAt() || changedAt()
  const at = new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 14)
  return `${version}+${at}.${stamp.slice(0, 8)}`
}

async function precompress(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const texts = files.filter((entry) => entry.isFile() && /\.(js|css|svg|json|txt)$/.test(entry.name))
  for (const { parentPath, name } of texts) {
    const file = join(parentPath, name)
    const content = readFileSync(file)
    const [small, common] = await Promise.all([
      promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
      promisify(gzip)(content, { level: 9 }),
    ])
    writeFileSync(`${file}.br`, small)
    writeFileSync(`${file}.gz`, common)
  }
}

/** Another build of the same sources may have been faster. */
function publish(made, stamp) {
  const aside = `${made}.old`
  for (let attempt = 0; stampOfBuild() !== stamp; attempt++) {
    try {
      if (existsSync(dist)) renameSync(dist, aside)
      renameSync(made, dist)
    } catch (error) {
      if (attempt > 20) throw error
    }
    rmSync(aside, { recursive: true, force: true })
  }
  rmSync(made, { recursive: true, force: true })
}

export async function build() {
  const { build: viteBuild } = await import('vite')
  const stamp = stampOfSources()
  const made = join(root, `.dist-${process.pid}`)
  const options = {
    configFile: join(root, 'vite.config.ts'),
    define: { __APP_VERSION__: JSON.stringify(versionOf(stamp)) },
    logLevel: 'warn',
    mode: 'production',
  }
  process.chdir(root)
  // Vite takes NODE_ENV from the shell over its mode, and would build the development half of React.
  process.env.NODE_ENV = 'production'
  try {
    await viteBuild({ ...options, build: { outDir: join(made, 'client') } })
    await viteBuild({ ...options, build: { outDir: join(made, 'server'), ssr: 'server/cli/homeroom.ts' } })
    await precompress(join(made, 'client'))
    writeFileSync(join(made, 'stamp'), stamp)
    publish(made, stamp)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
