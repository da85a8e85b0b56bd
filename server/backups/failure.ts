import { UnavailableError } from '../../db/errors.ts'
import type { Damage } from './backup-error.ts'
import { BackupError } from './backup-error.ts'

export type Failure = Damage | 'disk.full' | 'folder.denied' | 'folder.missing' | 'other'

const ofDisks: Record<string, Failure> = {
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EACCES: 'folder.denied',
  EPERM: 'folder.denied',
  EROFS: 'folder.denied',
  ENOENT: 'folder.missing',
  ENOTDIR: 'folder.missing',
  EEXIST: 'folder.missing',
}

export function failureOf(error: unknown): Failure {
  if (error instanceof BackupError) return error.damage
  if (error instanceof UnavailableError && error.trouble === 'full') return 'disk.full'
  return ofDisks[(error as NodeJS.ErrnoException).code ?? ''] ?? 'other'
}

export const folderFailure = (error: unknown): Failure | undefined =>
  (error as NodeJS.ErrnoException).syscall ? failureOf(error) : undefined
