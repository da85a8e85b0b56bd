/**
 * The image. `npm run image` builds it for this machine. On GitHub `-- push` builds it once for both kinds of processor and pushes it by
 * its commit; `-- release` gives that same image the version of the tag, `-- azure` a second home in Azure's registry.
 */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { versionOf } from './release.ts'

const ways = ['build', 'push', 'release', 'azure'] as const
type Way = (typeof ways)[number]

export interface Source {
  /** In GHCR, such as ghcr.io/school/homeroom. */
  name: string
  commit: string
  /** When the commit was made, in seconds: what is built of it twice is the same. */
  epoch: string
  /** Where buildx writes the digest of what it pushed. */
  metadata: string
  version: string
  azureRegistry: string
}

/** What docker is told. */
export function dockerArgs(way: Way, { name, commit, epoch, metadata, version, azureRegistry }: Source): string[] {
  const made = ['--build-arg', `SOURCE_DATE_EPOCH=${epoch}`]
  const pushed = `${name}:sha-${commit}`
  const copied = (target: string) => ['buildx', 'imagetools', 'create', '--tag', target, pushed]
  if (way === 'release') return copied(`${name}:${version}`)
  if (way === 'azure') return copied(`${azureRegistry}.azurecr.io/homeroom:sha-${commit}`)
  if (way === 'build') return ['build', ...made, '--tag', 'homeroom', '.']
  const both = ['--platform', 'linux/amd64,linux/arm64', '--tag', pushed, '--tag', `${name}:main`]
  return ['buildx', 'build', ...made, ...both, '--push', '--metadata-file', metadata, '.']
}

const run = (program: string, args: readonly string[]) => execFileSync(program, args, { stdio: 'inherit' })
const ask = (program: string, args: readonly string[]) => execFileSync(program, args, { encoding: 'utf8' }).trim()

/** For the comment on a change. */
function reportSize(folder: string): void {
  const format = '{{.Os}}/{{.Architecture}} {{.Size}}'
  const [platform = '', size] = ask('docker', ['image', 'inspect', '--format', format, 'homeroom']).split(' ')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'image.json'), JSON.stringify({ bytes: { [platform]: Number(size) } }))
}

/** The steps that follow attest what was pushed, by its digest. */
function tellDigest(file: string, { name, metadata }: Source): void {
  const digest: string = JSON.parse(readFileSync(metadata, 'utf8'))['containerimage.digest']
  appendFileSync(file, `name=${name}\ndigest=${digest}\n`)
}

/** Throws for a tag that is not the version. */
function sourceOf(way: Way, folder: string): Source {
  const {
    GITHUB_REPOSITORY: repository = '',
    GITHUB_REF_NAME: tag = '',
    AZURE_REGISTRY: azureRegistry = '',
  } = process.env
  if (way !== 'build' && !repository) throw new Error('GITHUB_REPOSITORY says where the image is, and is not set')
  if (way === 'azure' && !azureRegistry) throw new Error('AZURE_REGISTRY is not set')
  const [commit = '', epoch = ''] = ask('git', ['log', '-1', '--format=%H %ct']).split(' ')
  const own = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).version
  return {
    name: `ghcr.io/${repository.toLowerCase()}`,
    commit,
    epoch,
    metadata: join(folder, 'metadata.json'),
    version: way === 'release' ? versionOf(tag, own) : '',
    azureRegistry,
  }
}

function main(way: Way): void {
  const { HOMEROOM_REPORTS: reports, GITHUB_OUTPUT: output } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-image-'))
  try {
    const source = sourceOf(way, folder)
    if (way === 'azure') run('az', ['acr', 'login', '--name', source.azureRegistry])
    run('docker', dockerArgs(way, source))
    if (way === 'build' && reports) reportSize(reports)
    if (way === 'push' && output) tellDigest(output, source)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === import.meta.filename) {
  const way = ways.find((each) => each === (process.argv[2] ?? 'build'))
  if (way) main(way)
  else {
    console.error(`npm run image -- ${ways.join(' | ')}`)
    process.exitCode = 2
  }
}
