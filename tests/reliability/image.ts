/**
 * Our Dockerfile, built without Docker and without a registry of images: by buildah, over a base that is made here of
 * Debian's packages and npm's Node 24 and bears the name that the Dockerfile asks for.
 */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './app.ts'

export interface Image {
  /** Its files, which may be written. */
  files: string
  config: ImageConfig
  /** Bytes, compressed, of what our Dockerfile adds to its base. */
  ours: number
  /** Unmounts and removes everything. */
  done(): Promise<void>
}

/** Docker's own names. */
export interface ImageConfig {
  Entrypoint: string[]
  Cmd: string[]
  Env: string[]
  User: string
  WorkingDir: string
  StopSignal: string
  Volumes: Record<string, object>
  Healthcheck: { Test: string[] }
}

const run = promisify(execFile)
const largest = 64 * 1024 * 1024
const certificates = '/etc/ssl/certs/ca-certificates.crt'
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }

async function out(program: string, args: string[], env: NodeJS.ProcessEnv = environment): Promise<string> {
  return (await run(program, args, { env, maxBuffer: largest })).stdout.trim()
}

const has = (program: string) => (environment.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))

/** Only root can lay out a base image. */
export const mayBuild = () => process.getuid?.() === 0
export const missing = () => ['buildah', 'debootstrap'].filter((program) => !has(program))

/** Debian as this machine has it, from where this machine fetches it. */
async function layDebian(rootfs: string): Promise<void> {
  const targets = await out('apt-get', ['indextargets', '--format', '$(CREATED_BY) $(COMPONENT) $(CODENAME) $(SITE)'])
  const release = /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'bookworm'
  const site = new RegExp(`^Packages main ${release} (\\S+)`, 'm').exec(targets)?.[1]
  await out('debootstrap', ['--variant=minbase', '--include=ca-certificates', release, rootfs, ...(site ? [site] : [])])
  if (existsSync(certificates)) cpSync(certificates, join(rootfs, certificates), { dereference: true })
}

/** Node 24 and npm where the official image has them, and its account "node". */
async function layNode(rootfs: string, folder: string): Promise<void> {
  writeFileSync(join(folder, 'package.json'), '{}')
  await run('npm', ['install', 'node@24', '--no-audit', '--no-fund'], { cwd: folder, maxBuffer: largest })
  const [found = ''] = (await out('find', [folder, '-path', '*/node-linux-*/bin/node', '-type', 'f'])).split('\n')
  for (const part of ['bin', 'include'])
    cpSync(join(dirname(found), '..', part), join(rootfs, 'usr/local', part), { recursive: true })
  const npm = join(await out('npm', ['root', '--global']), 'npm')
  cpSync(npm, join(rootfs, 'usr/local/lib/node_modules/npm'), { recursive: true, dereference: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(rootfs, 'usr/local/bin/npm'))
  await out('chroot', [rootfs, 'useradd', '--uid', '1000', '--create-home', 'node'])
}

type Buildah = (...args: string[]) => Promise<string>

/** Its images and containers lie in `folder`, apart from those of the machine. */
function buildahIn(folder: string): Buildah {
  const registries = join(folder, 'registries.conf')
  writeFileSync(registries, 'unqualified-search-registries = ["docker.io"]\n')
  const env = { ...environment, CONTAINERS_REGISTRIES_CONF: registries, TMPDIR: folder }
  // The one driver that needs nothing of the kernel.
  const places = ['--storage-driver', 'vfs', '--root', join(folder, 'storage'), '--runroot', join(folder, 'run')]
  return (...args) => out('buildah', [...places, ...args], env)
}

async function makeBase(buildah: Buildah, folder: string): Promise<void> {
  const [rootfs, node] = [join(folder, 'rootfs'), join(folder, 'node')]
  mkdirSync(node)
  await layDebian(rootfs)
  await layNode(rootfs, node)
  const container = await buildah('from', 'scratch')
  await buildah('add', '--quiet', container, rootfs, '/')
  // Where node-gyp finds Node's headers, and whom npm trusts: this machine's way to the registry.
  const settings = ['npm_config_nodedir=/usr/local', `NODE_EXTRA_CA_CERTS=${certificates}`]
  await buildah('config', ...settings.flatMap((setting) => ['--env', setting]), container)
  await buildah('commit', '--quiet', '--format', 'docker', '--rm', container, 'docker.io/library/node:24-slim')
  for (const made of [rootfs, node]) rmSync(made, { recursive: true, force: true })
}

interface Manifest {
  layers: { size: number }[]
}

/** Compressed as a registry holds it; the base is the first layer. */
async function oursOf(buildah: Buildah, folder: string): Promise<number> {
  const pushed = join(folder, 'pushed')
  await buildah(
    'push',
    '--quiet',
    '--format',
    'v2s2',
    '--compression-format',
    'gzip',
    'localhost/homeroom',
    `dir:${pushed}`,
  )
  const { layers } = JSON.parse(readFileSync(join(pushed, 'manifest.json'), 'utf8')) as Manifest
  rmSync(pushed, { recursive: true, force: true })
  return layers.slice(1).reduce((sum, { size }) => sum + size, 0)
}

/** Takes minutes. `context` is the folder of the Dockerfile. */
export async function buildImage(context = root): Promise<Image> {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-image-'))
  const buildah = buildahIn(folder)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    await makeBase(buildah, folder)
    const npmrc = join(folder, 'npmrc')
    writeFileSync(npmrc, `registry=${await out('npm', ['config', 'get', 'registry'])}\n`)
    const how = ['--isolation', 'chroot', '--format', 'docker', '--pull-never', '--secret', `id=npmrc,src=${npmrc}`]
    await buildah('bud', ...how, '--tag', 'localhost/homeroom', context)
    const ours = await oursOf(buildah, folder)
    const container = await buildah('from', '--pull-never', 'localhost/homeroom')
    const { Docker } = JSON.parse(await buildah('inspect', container)) as { Docker: { config: ImageConfig } }
    const files = await buildah('mount', container)
    return {
      files,
      config: Docker.config,
      ours,
      async done() {
        await buildah('rm', container)
        remove()
        process.removeListener('exit', remove)
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
