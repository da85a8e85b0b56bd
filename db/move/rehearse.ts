import { rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { stamp, sweep, temporary } from '../backups/on-disk.ts'
import { realPath } from '../sqlite-access.ts'
import { beginCapture } from './capture.ts'
import { carry } from './carry.ts'
import { addReferences, validateReferences } from './definitions.ts'
import type { Moved } from './move.ts'
import { connected, look } from './move.ts'
import { refuseMoving } from './moved.ts'
import type { MoveOptions } from './mover.ts'
import { Mover } from './mover.ts'
import { inSource } from './source.ts'
import { clearRehearsal, emptyTarget, placeOf, rehearsal, requireFit } from './target.ts'
import { within } from './transactions.ts'

type Options = MoveOptions & { copyTo(file: string): Promise<unknown> }

export async function rehearse(options: Options): Promise<Moved> {
  const { url, copyTo } = options
  inSource(options.file, (client) => refuseMoving(client, 'A rehearsal'))
  const real = realPath(options.file)
  sweep(dirname(real), `${basename(real)}.rehearsal-`)
  const file = temporary(`${real}.rehearsal-${process.pid}-${stamp()}`)
  const since = performance.now()
  return connected(url, async (target) => {
    await clearRehearsal(target)
    await requireFit(target, rehearsal)
    const place = await placeOf(target, url)
    await copyTo(file)
    let mover: Mover | undefined
    try {
      const left = look(file, options.tell)
      inSource(file, (client) => beginCapture(client, { id: rehearsal, target: place }), 'write')
      mover = new Mover(rehearsal, { ...options, file }, target)
      const rows = await carry(mover)
      await within(target, addReferences)
      await validateReferences(target, (name) => options.tell({ phase: 'settling', name }))
      return { target: place, rows, took: Math.round(performance.now() - since), left }
    } finally {
      await mover?.close()
      await emptyTarget(target, rehearsal)
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    }
  })
}
