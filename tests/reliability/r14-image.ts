import { execFile } from 'node:child_process'
import { chmodSync, chownSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { freePort } from '../setup/postgres.ts'
import { temporaryFolder } from '../setup/server.ts'
import { appFile } from './app.ts'
import type { Image } from './image.ts'
import { buildImage, mayBuild, missing } from './image.ts'
import type { PidOne, Stop } from './pid-one.ts'
import { startAsPidOne, stopInACall, zombiesOf } from './pid-one.ts'
import type { Proof, Row } from './proof.ts'
import { shippedRows } from './shipped-files.ts'
import { statusOf, until } from './site.ts'

const delayMs = 1500
const slack = 2000
const largestImage = 120 * 1024 * 1024
const test = 'R14'

const isGood = ({ exit, slow, saidClose, ready, live, took }: Stop) =>
  exit === 0 && slow === 200 && saidClose && ready === 503 && live === 200 && took <= delayMs + slack
const told = ({ exit, slow, ready, live, took }: Stop) =>
  `exit ${exit} after ${took} ms; slow POST ${slow}; meanwhile ready ${ready}, live ${live}`

const stopped = (what: string, stop: Stop): Row => ({
  test,
  load: `${what} as process 1: SIGTERM in the middle of a slow POST`,
  figure: told(stop),
  limit: `exit 0 within ${delayMs + slack} ms; 200 and Connection: close; 503, 200`,
  ok: isGood(stop),
})

/** HUP: new workers, the old ones end, and nobody is left behind as a zombie. */
async function reloaded(what: string, one: PidOne): Promise<Row> {
  let failed = 0
  process.kill(one.pid, 'SIGHUP')
  await until('it has reloaded', async () => {
    if ((await statusOf(`${one.url}/health/live`)) !== 200) failed += 1
    return one.output().includes('"server.reloaded"')
  })
  await until('the old worker is gone', () => zombiesOf(one.pid) === 0, 10_000).catch(() => undefined)
  const zombies = zombiesOf(one.pid)
  return {
    test,
    load: `${what} as process 1: SIGHUP, asked for /health/live all the while`,
    figure: `${failed} failed, ${zombies} zombies`,
    limit: '0 and 0',
    ok: failed === 0 && zombies === 0,
  }
}

const own = (port: number) => ({ HOST: '127.0.0.1', PORT: String(port), DRAIN_DELAY_MS: String(delayMs) })

async function builtServer(): Promise<Row[]> {
  const folder = temporaryFolder()
  const env = { ...process.env, ...own(await freePort()), DATABASE_URL: `file:${folder.path}/homeroom.db` }
  const one = await startAsPidOne(['--mount-proc', process.execPath, appFile(), 'start'], {
    ...env,
    NODE_ENV: 'production',
  })
  try {
    return [await reloaded('dist/server', one), stopped('dist/server', await stopInACall(one, delayMs))]
  } finally {
    one.kill()
    folder.done()
  }
}

/** Mounts the image as a container has it, read-only but its volume, and becomes what the image starts. */
const enter = `
set -e
files=$1 data=$2 volume=$3 user=$4; shift 4
mount --bind "$files" "$files"
mount --bind "$data" "$files$volume"
mount --rbind /dev "$files/dev"
mount -t proc proc "$files/proc"
mount -o remount,ro,bind "$files"
if touch "$files/app/written" 2>/dev/null; then echo 'the image can be written'; exit 9; fi
exec chroot --userspec="$user" "$files" /usr/bin/env -i "$@"
`

/** The HEALTHCHECK's exit code, as Docker would run it beside the server. */
async function healthOf({ files, config }: Image, port: number): Promise<number> {
  const [, ...command] = config.Healthcheck.Test
  const inside = [`--userspec=${config.User}`, files, '/usr/bin/env', '-i', ...config.Env, `PORT=${port}`, ...command]
  const run = promisify(execFile)('chroot', inside)
  return run.then(
    () => 0,
    (error) => error.code ?? 1,
  )
}

/** The page that a browser gets, and the first script it names. */
async function signInPage(url: string): Promise<number[]> {
  const page = await fetch(`${url}/sign-in`, { headers: { accept: 'text/html' } })
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1]
  return [page.status, await statusOf(`${url}${script}`)]
}

async function builtImage(image: Image): Promise<Row[]> {
  const { files, config } = image
  const folder = temporaryFolder()
  chownSync(folder.path, 1000, 1000)
  chmodSync(folder.path, 0o700)
  const port = await freePort()
  const [volume = ''] = Object.keys(config.Volumes)
  const settings = Object.entries(own(port)).map(([name, value]) => `${name}=${value}`)
  const command = [`--chdir=${config.WorkingDir}`, ...config.Env, ...settings, ...config.Entrypoint, ...config.Cmd]
  const shell = ['sh', '-c', enter, 'sh', files, folder.path, volume, config.User, ...command]
  const started = performance.now()
  const one = await startAsPidOne(shell, process.env)
  const startMs = Math.round(performance.now() - started)
  try {
    const ready = await statusOf(`${one.url}/health/ready`)
    const [page, script] = await signInPage(one.url)
    const before = await healthOf(image, port)
    const rows = [await reloaded('the image', one), stopped('the image', await stopInACall(one, delayMs))]
    const after = await healthOf(image, port)
    const answers: Row = {
      test,
      load: `the image starts as ${config.User}, read-only but ${volume}, in a chroot`,
      figure: `started in ${startMs} ms; ready ${ready}, page ${page}, script ${script}; HEALTHCHECK ${before}, once stopped ${after}`,
      limit: '200, 200, 200; 0, then 1',
      ok: ready === 200 && page === 200 && script === 200 && before === 0 && after === 1,
    }
    return [answers, ...rows]
  } finally {
    one.kill()
    await one.ended
    folder.done()
  }
}

async function imageRows(): Promise<Row[]> {
  const load = 'buildah builds our Dockerfile'
  if (!mayBuild()) return [{ test, load, figure: 'NOT RUN: only root can make its base', limit: 'built', ok: true }]
  const lacks = missing().join(' ')
  if (lacks) return [{ test, load, figure: 'NOT RUN', limit: `apt-get install ${lacks}`, ok: false }]
  const started = performance.now()
  const image = await buildImage()
  try {
    const figure = `our layers ${(image.ours / 1024 / 1024).toFixed(1)} MiB compressed, in ${Math.round((performance.now() - started) / 1000)} s with its base`
    const built = { test, load, figure, limit: '120 MiB', ok: image.ours <= largestImage }
    return [built, ...(await builtImage(image))]
  } finally {
    await image.done()
  }
}

export const proof: Proof = {
  name: 'R14',
  title: 'The image: as process 1 it drains and exits 0; what is shipped to run it is accepted',
  needs: ['haproxy', 'nginx'],
  async run(size) {
    const rows = [...(await builtServer()), ...(await shippedRows())]
    return size === 'quick' ? rows : [...rows, ...(await imageRows())]
  },
}
