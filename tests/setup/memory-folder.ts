import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const memory = '/dev/shm'
/** The tests' PostgreSQLs with their programs, and the browsers' profiles. */
const enough = 2 * 1024 ** 3

function hasRoom(): boolean {
  try {
    accessSync(memory, constants.W_OK)
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= enough
  } catch {
    return false
  }
}

/** PostgreSQL's programs are copied there and run; some systems forbid that in memory. */
function mayRunIn(folder: string): boolean {
  const program = join(folder, 'program')
  writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  return spawnSync(program).status === 0
}

/**
 * A temporary folder in memory, where a system has one with room: a database of hundreds of files is made and removed
 * there for a third of the processor's time. The caller removes it.
 */
export function memoryFolder(): string | undefined {
  if (!hasRoom()) return undefined
  const folder = mkdtempSync(join(memory, 'homeroom-check-'))
  // PostgreSQL runs as nobody when we are root, and must get through.
  chmodSync(folder, 0o755)
  if (mayRunIn(folder)) return folder
  rmSync(folder, { recursive: true, force: true })
  return undefined
}
