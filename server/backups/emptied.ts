import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Reader } from '../../db/database.ts'
import { BackupError } from './backup-error.ts'
import { isBackupName } from './folder.ts'
import { lastFolder } from './runs.ts'

/** The folder of a disk that is not mounted looks like a new one. Throws `folder.empty`. */
export async function refuseEmptied(db: Reader, folder: string, now: Date): Promise<void> {
  if ((await lastFolder(db, now)) !== resolve(folder) || readdirSync(folder).some(isBackupName)) return
  throw new BackupError('folder.empty', `${folder} has lost all backups: its disk may not be mounted`)
}
