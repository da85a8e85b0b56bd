/** The names of all that can be wrong with a backup, for programs that read `--json`. */
export type Damage =
  | 'backup.missing'
  | 'backup.unclear'
  | 'manifest.missing'
  | 'manifest.unreadable'
  | 'manifest.unknown'
  | 'manifest.changed'
  | 'file.missing'
  | 'file.cut'
  | 'file.longer'
  | 'file.changed'
  | 'key.needed'
  | 'key.other'
  | 'key.none'
  | 'key.unused'
  | 'contents.differ'
  | 'database.broken'
  | 'database.other'
  | 'journal.broken'
  | 'schema.newer'
  | 'backup.unverified'
  | 'stream.broken'
  | 'stream.paused'
  | 'folder.empty'
  | 'erased.unsigned'

export class BackupError extends Error {
  override name = 'BackupError'
  readonly damage: Damage

  constructor(damage: Damage, message: string, options?: ErrorOptions) {
    super(message, options)
    this.damage = damage
  }
}
