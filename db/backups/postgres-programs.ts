import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { programFolder } from '../dialect.ts'
import type { Address } from '../postgres/address.ts'

const run = promisify(execFile)
type Program = 'pg_dump' | 'pg_restore'

async function majorOf(program: string): Promise<number | undefined> {
  try {
    const { stdout } = await run(program, ['--version'])
    return Number(/ (\d+)/.exec(stdout)?.[1])
  } catch {
    return undefined
  }
}

/** Debian and Red Hat keep several versions side by side. */
const placesOf = (program: Program, major: number): string[] =>
  programFolder
    ? [join(programFolder, program)]
    : [program, `/usr/lib/postgresql/${major}/bin/${program}`, `/usr/pgsql-${major}/bin/${program}`]

export async function findProgram(program: Program, major: number): Promise<string> {
  const found: number[] = []
  for (const place of placesOf(program, major)) {
    const is = await majorOf(place)
    if (is === major) return place
    if (is) found.push(is)
  }
  const has = found.length ? `here it is of ${found.join(' and ')}` : 'it is not on this machine'
  throw new Error(
    `PostgreSQL is of version ${major} and needs ${program} of ${major}; ${has}: install postgresql-client-${major}, or name its folder in POSTGRES_PROGRAMS`,
  )
}

/** A password on the command line could be read by everybody on the machine. */
function environmentOf({ servers, encryption, user, password, database }: Address, certificate: string) {
  const { mode, ca } = encryption
  const told = {
    PGHOST: servers.map(({ host }) => host).join(','),
    PGPORT: servers.map(({ port }) => port).join(','),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: mode,
    PGSSLROOTCERT: ca === undefined ? undefined : certificate,
    PGAPPNAME: 'homeroom backup',
    PGTZ: 'UTC',
  }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
}

export async function runProgram(program: string, args: readonly string[], address: Address, env: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-'))
  try {
    const certificate = join(folder, 'root.crt')
    if (address.encryption.ca) writeFileSync(certificate, address.encryption.ca, { mode: 0o600 })
    const child = spawn(program, args, {
      env: { ...env, ...environmentOf(address, certificate) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const stop = () => void child.kill()
    process.once('exit', stop)
    const ended = new Promise<number | string | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve(code ?? signal))
    })
    const [end, said] = await Promise.all([ended, text(child.stderr)]).finally(() => process.off('exit', stop))
    if (end !== 0) throw new Error(`${said.trim().split('\n')[0] || `it ended with ${end}`}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
