import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { mountOf, sharedFileSystem } from '../../db/mounts.ts'
import { refuseShared } from '../../db/sqlite-file.ts'

const here = realpathSync(tmpdir())
/** As Linux writes it, with one mount that the test is about. */
const mountinfo = (type: string, point = here) => `\
21 26 0:20 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
26 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro
97 26 0:44 / ${point.replaceAll(' ', '\\040')} rw,nosuid,nodev,relatime shared:50 master:3 - ${type} some:/where rw,user_id=0
`

test.each([
  'fuse.sshfs',
  'fuse.rclone',
  'fuse.gcsfuse',
  'fuse.mergerfs',
  'fuse.bindfs',
  'fuse',
  'fuseblk',
  '9p',
  'virtiofs',
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'ceph',
  'vboxsf',
  'glusterfs',
])('a file on %s is refused, unless DATABASE_FILE_SYSTEM says yes to that one', (type) => {
  const file = `${here}/homeroom.db`
  const refuse = (allowed?: string) => () => refuseShared(file, allowed, mountinfo(type))
  expect(refuse()).toThrow(
    `DATABASE_URL names ${file}, which is on a file system that machines share (${type}), where SQLite can lose data: choose a folder on a disk of this machine. Where no other machine and no second mount reaches it, set DATABASE_FILE_SYSTEM=${type}`,
  )
  expect(refuse(type)).not.toThrow()
  for (const other of ['yes', '1', 'fuse.other', 'ext4']) expect(refuse(other)).toThrow('DATABASE_FILE_SYSTEM')
})

test.each(['ext4', 'xfs', 'btrfs', 'zfs', 'tmpfs', 'overlay', 'f2fs'])('a file on %s is taken', (type) => {
  expect(() => refuseShared(`${here}/homeroom.db`, undefined, mountinfo(type))).not.toThrow()
})

test('what counts is the innermost mount over the folder, and of several there the last', () => {
  const all = `${mountinfo('fuse.sshfs', '/mnt/our school')}${mountinfo('xfs', '/mnt/our school/local')}`
  expect(mountOf('/mnt/our school/data', all)).toEqual({ type: 'fuse.sshfs', point: '/mnt/our school' })
  expect(mountOf('/mnt/our school', all)?.type).toBe('fuse.sshfs')
  expect(mountOf('/mnt/our school/local/data', all)?.type).toBe('xfs')
  expect(mountOf('/mnt/our school too', all)?.type).toBe('ext4')
  expect(mountOf('/mnt/our school', `${all}${mountinfo('9p', '/mnt/our school')}`)?.type).toBe('9p')
  expect(mountOf('/mnt', '')).toBe(undefined)
})

test('the folder of the tests themselves is on no such file system, with and without that list', () => {
  expect(sharedFileSystem(here)).toBe(undefined)
  expect(sharedFileSystem(dirname(here), '')).toBe(undefined)
})
