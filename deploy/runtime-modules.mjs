/**
 * Copies the packages that dist/server imports, and those that they import, to the folder that is named; of each only what
 * runs. For the image: the screens are built into dist/client, and the packages they are made of weigh ten times as much.
 */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

const [target = ''] = process.argv.slice(2)
const root = process.cwd()
const built = join(root, 'dist/server')

/** Vite serves the sources to developers, and builds; the others fetch or compile better-sqlite3. */
const notRun = new Set(['vite', 'prebuild-install', 'node-addon-api'])
const importing =
  /^import\s(?:[^'"]*?\sfrom\s*)?["']([^"'.][^"']*)["']|^export\s[^'"]*?\sfrom\s*["']([^"'.][^"']*)["']|\bimport\(["']([^"'.][^"']*)["']\)/gm

/** The package of 'drizzle-orm/pg-core' is 'drizzle-orm'; of '@trpc/server/http' it is '@trpc/server'. */
const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

function importedBy(file) {
  const found = [...readFileSync(file, 'utf8').matchAll(importing)].map((match) => match[1] ?? match[2] ?? match[3])
  return found.filter((specifier) => !isBuiltin(specifier)).map(packageOf)
}

/** The folder of the package as Node finds it from `folder`. */
function folderOf(name, folder) {
  for (let at = folder; at.startsWith(root); at = dirname(at)) {
    const found = join(at, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
  }
  return undefined
}

const folders = new Set()

function take(name, from, isOptional) {
  if (notRun.has(name)) return
  const folder = folderOf(name, from)
  if (!folder && !isOptional) throw new Error(`${name}, which ${relative(root, from)} imports, is not installed`)
  if (!folder || folders.has(folder)) return
  folders.add(folder)
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  // Natively built parts are optional: one for each platform, of which npm installs ours.
  for (const optional of Object.keys(optionalDependencies ?? {})) take(optional, folder, true)
  for (const needed of Object.keys(dependencies ?? {}))
    if (!Object.hasOwn(optionalDependencies ?? {}, needed)) take(needed, folder, false)
  for (const beside of Object.keys(peerDependencies ?? {}))
    if (!peerDependenciesMeta?.[beside]?.optional) take(beside, folder, false)
}

/** Types, maps, texts (but licenses), better-sqlite3's sources in C, and what it is made of for other machines. */
const idle =
  /\.(map|md|markdown|d\.[cm]?ts|ts|tsx|flow|c|cpp|h|hpp|o|a|gyp|gypi|mk|Makefile)$|^(Makefile|test_extension\.node)$/
const idleFolders = /better-sqlite3(-13)?\/(deps|src|build\/deps|build\/Release\/(obj|\.deps))\b/
const isForOthers = (path) =>
  /\/prebuilds\/.*\.node$/.test(path) &&
  !basename(path).match(new RegExp(`^${process.platform}(musl)?-${process.arch}\\.node$`))

const runs = (path) => {
  const name = basename(path)
  if (/^(licen[cs]e|notice|copying)/i.test(name)) return true
  return name !== 'node_modules' && !idle.test(name) && !idleFolders.test(`${path}/`) && !isForOthers(path)
}

for (const file of readdirSync(built).filter((name) => name.endsWith('.js')))
  for (const name of importedBy(join(built, file))) take(name, root, false)
// The server chooses by the Node it runs on, and Drizzle imports the older one anyway.
for (const name of ['better-sqlite3', 'better-sqlite3-13']) take(name, root, true)
for (const folder of folders)
  cpSync(folder, join(target, relative(root, folder)), {
    recursive: true,
    filter: (path) => path === folder || runs(path),
  })
console.log(
  `${folders.size} packages: ${[...folders]
    .map((folder) => basename(folder))
    .toSorted()
    .join(', ')}`,
)
