import { expect, test } from 'vitest'
import { commandOf, refusalOf, warningOf } from '../../db/kit-command.ts'

test.each([
  ['push', ['push', '--force']],
  ['push', ['--config', 'other.ts', 'push']],
  ['push', ['--config=other.ts', 'push']],
  ['pull', ['introspect']],
  ['generate', ['generate', '--name', 'push']],
  [undefined, ['--name', 'push']],
])('the command is %s in %j', (command, args) => {
  expect(commandOf(args)).toBe(command)
})

test('studio is warned of, and what only writes a step is let be', () => {
  expect(warningOf('studio')).toContain('writes past the journal, the locks and the versions')
  for (const command of ['generate', 'migrate', 'check', 'up', 'export', undefined])
    expect([refusalOf(command), warningOf(command)]).toEqual([undefined, undefined])
})
