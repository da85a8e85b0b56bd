/**
 * `npm run test:nodes [-- <version> … --project <name> <file> …]`: installs and tests the project on each Node that we support,
 * in a copy of its own. npm brings the Nodes; better-sqlite3 is compiled for each. With a project or files, only these tests.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Step } from './steps.ts'
import { runSteps } from './steps.ts'

const root = join(import.meta.dirname, '..')
const supported = ['20', '22', '24']

interface Place {
  version: string
  node: string
  copy: string
}
const placeOf = (version: string): Place => {
  const folder = join(root, '.nodes', version)
  return { version, node: join(folder, 'node'), copy: join(folder, 'homeroom') }
}
const binOf = ({ node }: Place) => join(node, 'node_modules/node/bin')
const headersOf = ({ node }: Place) =>
  readdirSync(node, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(join('include', 'node', 'node.h')))
    .map((path) => join(node, dirname(dirname(dirname(path)))))[0]

/** The Node's own headers come with it, and nothing is downloaded from elsewhere. */
const environmentOf = (place: Place): Record<string, string> => {
  const headers = headersOf(place)
  return {
    PATH: `${binOf(place)}${delimiter}${process.env.PATH}`,
    ...(headers && { npm_config_nodedir: headers }),
  }
}

/** All that git would take, as it is now; what was installed there stays. */
function refreshCopy({ copy }: Place): void {
  mkdirSync(copy, { recursive: true })
  for (const name of readdirSync(copy))
    if (name !== 'node_modules') rmSync(join(copy, name), { recursive: true, force: true })
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of listed.toString().split('\0'))
    if (file && existsSync(join(root, file))) cpSync(join(root, file), join(copy, file))
}

/** Installing takes minutes, most of them the compiler's, so it is done again only for other packages or another Node. */
const stampOf = (place: Place) =>
  `${execFileSync(join(binOf(place), 'node'), ['--version'])}${readFileSync(join(root, 'package-lock.json'), 'utf8')}`
const stampFile = ({ copy }: Place) => join(copy, 'node_modules/.homeroom-installed')
const isInstalled = (place: Place) =>
  existsSync(stampFile(place)) && readFileSync(stampFile(place), 'utf8') === stampOf(place)

const fetchNode = (place: Place): Step => ({
  name: `Node ${place.version}: get it`,
  command: ['npm', 'install', '--no-audit', '--no-fund', '--prefix', place.node, `node@${place.version}`],
})

function install(place: Place): Step {
  return {
    name: `Node ${place.version}: install, and compile better-sqlite3`,
    command: ['node', '--import', 'tsx', join(root, 'tests/nodes.ts'), '--install', place.version],
    env: () => environmentOf(place),
  }
}
function installHere(version: string): void {
  const place = placeOf(version)
  if (process.version.slice(1).split('.')[0] !== version)
    throw new Error(`This is Node ${process.version}, not ${version}`)
  refreshCopy(place)
  if (isInstalled(place)) {
    console.log('It is installed already')
    return
  }
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: place.copy, stdio: 'inherit' })
  writeFileSync(stampFile(place), stampOf(place))
}

const test = (place: Place, part: string[]): Step => ({
  name: `Node ${place.version}: ${part.length ? part.join(' ') : 'all tests'}`,
  command: part.length ? ['npx', 'vitest', 'run', '--config', 'tests/vitest.config.ts', ...part] : ['npm', 'test'],
  cwd: place.copy,
  env: () => environmentOf(place),
})

async function main(): Promise<number> {
  const options = { project: { type: 'string', multiple: true }, install: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  if (values.install) {
    installHere(values.install)
    return 0
  }
  const versions = positionals.filter((word) => /^\d+$/.test(word))
  const unknown = versions.find((version) => !supported.includes(version))
  if (unknown) throw new Error(`There is no test on Node ${unknown}: it is one of ${supported.join(', ')}`)
  const files = positionals.filter((word) => !versions.includes(word))
  const part = [...(values.project ?? []).map((name) => `--project=${name}`), ...files]
  const places = (versions.length ? versions : supported).map(placeOf)
  return runSteps(places.flatMap((place) => [fetchNode(place), install(place), test(place, part)]))
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message)
  return 2
})
