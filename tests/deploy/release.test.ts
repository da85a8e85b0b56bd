import { expect, test } from 'vitest'
import { notesOf, versionOf } from '../../deploy/release.ts'

const changelog = '# Changelog\n\nWhat users notice.\n\n## Unreleased\n\n- new\n\n## 1.2.0\n\n- older\n- still older\n'

test('the notes of a release are its section of the changelog, or what is not released yet', () => {
  expect(notesOf(changelog, '1.2.0')).toBe('- older\n- still older')
  expect(notesOf(changelog, '1.3.0')).toBe('- new')
  expect(() => notesOf('# Changelog\n', '1.3.0')).toThrow('CHANGELOG.md says nothing of 1.3.0')
})

test('a tag is the version of package.json', () => {
  expect(versionOf('v1.2.0', '1.2.0')).toBe('1.2.0')
  expect(() => versionOf('v1.3.0', '1.2.0')).toThrow('package.json has version 1.2.0')
  expect(() => versionOf('main', '1.2.0')).toThrow('not main')
})
