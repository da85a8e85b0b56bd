/** On which file system a folder is: Linux says it in /proc/self/mountinfo, other systems only by a number. */
import { readFileSync, statfsSync } from 'node:fs'

/** Several machines, or several mounts on one, see the files of these without seeing each other's locks and caches. */
const shared =
  /^(9p|v9fs|afs|beegfs|ceph|cifs|coda|drvfs|fuse|fuseblk|gfs2|gluster\w*|lustre|ncpfs|nfs\d*|ocfs2|orangefs|prl_fs|pvfs2|smb\w*|vboxsf|virtiofs|vmhgfs)(\.|$)/

const numbers: Record<number, string> = {
  26985: 'nfs',
  20859: 'smb',
  4283649346: 'cifs',
  4266872130: 'smb2',
  1397113167: 'afs',
  12805120: 'ceph',
  16914839: '9p',
  1702057286: 'fuse',
}

export interface Mount {
  type: string
  point: string
}

/** Spaces, tabs, newlines and backslashes are written as octal numbers there. */
const unescaped = (text: string) =>
  text.replace(/\\(\d{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)))

const isIn = (folder: string, point: string) => point === '/' || folder === point || folder.startsWith(`${point}/`)

export function mountOf(folder: string, mountinfo: string): Mount | undefined {
  let found: Mount | undefined
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ', 2)
    const point = unescaped(before.split(' ')[4] ?? '')
    const [type = ''] = after.split(' ')
    if (point && type && isIn(folder, point) && point.length >= (found?.point.length ?? 0)) found = { type, point }
  }
  return found
}

function readMounts(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
  } catch {
    return ''
  }
}

export function sharedFileSystem(folder: string, mountinfo = readMounts()): string | undefined {
  const type = mountOf(folder, mountinfo)?.type
  if (type && shared.test(type)) return type
  return numbers[statfsSync(folder).type >>> 0]
}
