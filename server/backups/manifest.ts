import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { canonical } from '../canonical.ts'
import { BackupError } from './backup-error.ts'
import type { BackupKey } from './key.ts'
import { sealOf } from './key.ts'

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const instant = z.iso.datetime()
export const whole = z.int().min(0)
/** The end of each school's journal, `number:hash`. */
export const heads = z.array(z.strictObject({ school: z.string(), head: z.string() }))
export const encryption = z.strictObject({ cipher: z.literal('aes-256-gcm in frames'), key: z.string() }).nullable()

const manifest = z.strictObject({
  format: z.literal(1),
  homeroom: z.string(),
  database: z.enum(['sqlite', 'postgresql']),
  installation: z.string().nullable(),
  createdAt: instant,
  census: z.strictObject({
    engine: z.string(),
    steps: z.array(z.string()),
    tables: z.record(z.string(), z.strictObject({ rows: whole, sha256 })),
  }),
  heads,
  file: z.strictObject({ name: z.string().regex(/^[\w.-]+$/), bytes: whole, sha256 }),
  encryption,
  /** When the copy was opened again and compared; null where the journal was broken already in the register. */
  verifiedAt: instant.nullable(),
  problem: z.string().nullable(),
  /** In ms. */
  took: z.strictObject({ copy: whole, verify: whole }),
})
export type Manifest = z.infer<typeof manifest>
export type StoredFile = Manifest['file']

const sealed = z.looseObject({ seal: z.string(), format: z.unknown() })
const fileName = 'manifest.json'

export async function writeManifest(place: string, content: Manifest, key: BackupKey | undefined): Promise<void> {
  const handle = await open(join(place, fileName), 'wx', 0o600)
  try {
    const seal = sealOf(canonical(content), key)
    await handle.writeFile(`${JSON.stringify({ ...content, seal }, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function parsed(file: string): unknown {
  if (!existsSync(file))
    throw new BackupError(
      'manifest.missing',
      `${file} is missing: without it nobody knows what the backup holds. Take another backup`,
    )
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new BackupError('manifest.unreadable', `${file} can't be read: it is not whole. Take another backup`)
  }
}

/** Without its key the seal of an encrypted backup can't be checked. */
export function readManifest(place: string, key: BackupKey | undefined): Manifest {
  const file = join(place, fileName)
  const found = sealed.safeParse(parsed(file))
  if (found.success && found.data.format !== 1)
    throw new BackupError(
      'manifest.unknown',
      `${file} is of a form that this version does not know: use the Homeroom that made it, or a newer one`,
    )
  const { seal, ...rest } = found.success ? found.data : { seal: '' }
  const { success, data } = manifest.safeParse(rest)
  if (!success)
    throw new BackupError('manifest.unreadable', `${file} can't be read: it is not whole. Take another backup`)
  const isOfKey = data.encryption === null || data.encryption.key === key?.id
  if (isOfKey && seal !== sealOf(canonical(data), data.encryption ? key : undefined))
    throw new BackupError('manifest.changed', `${file} was changed after it was written. Take another backup`)
  return data
}
