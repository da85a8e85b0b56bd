import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Point } from '../../../db/migration-run.ts'
import { endWithUs } from '../../setup/end-with-us.ts'

const program = join(import.meta.dirname, 'dying.ts')

/** A process of its own migrates and is killed at the point; answers the signal, or the exit code where it never got there. */
export async function dieAt(url: string, folder: string, point: Point, nth = 1): Promise<string | number | null> {
  const env = { ...process.env, DATABASE_URL: url, DATABASE_DIRECT_URL: url }
  const args = ['--import', 'tsx', program, folder, point, String(nth)]
  const child = endWithUs(spawn(process.execPath, args, { env, detached: true, stdio: 'ignore' }))
  const [code, signal] = await once(child, 'close')
  return signal ?? code
}
