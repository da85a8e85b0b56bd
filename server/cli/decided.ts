import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { setting } from '../../db/setting.ts'
import { entry } from '../runtime/folders.ts'

/** In ms. A mover that lives decides by itself within the first. */
const patience = 1_000
const givenUpAfter = 20_000
const lookEvery = 20

async function isOpen(): Promise<boolean> {
  // Most processes need no database to know that no move goes on.
  const state = (await import('../../db/followed.ts')).moveOfFile()?.state
  return state === 'moving' || state === 'deciding'
}

/** A process of its own: once this one has asked PostgreSQL, its choice is made. Resolves with whether it could. */
const recover = (): Promise<boolean> =>
  new Promise((resolve) => {
    const args = [...process.execArgv, entry, 'recover']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('close', (code) => resolve(code === 0))
    child.once('error', () => resolve(false))
  })

/** Without MOVE_TARGET_URL, whoever opens the file says what is to be done. */
export async function decided(): Promise<void> {
  if (setting('MOVE_TARGET_URL') === undefined) return
  const began = performance.now()
  for (
    const asked = () => performance.now() - began;
    (await isOpen()) && asked() < givenUpAfter;
    await sleep(lookEvery)
  )
    if (asked() > patience && !(await recover())) return
}
