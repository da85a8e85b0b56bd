import { expect, test } from 'vitest'
import { marker } from './comment.ts'
import type { Hub } from './post-comment.ts'
import { postComment } from './post-comment.ts'

const head = 'a'.repeat(40)
const base = 'b'.repeat(40)
const run = { head_sha: head, head_branch: 'seats', head_repository: { owner: { login: 'a-stranger' } } }
const pull = { number: 7, head: { sha: head }, base: { sha: base, ref: 'main' } }
const by = (login: string, body: string, id: number) => ({ id, body, user: { login } })

/** Plays GitHub, and keeps what it was told. */
function hubWith(pulls: object[], comments: object[]): Hub & { told: string[]; sent: (string | undefined)[] } {
  const told: string[] = []
  const sent: (string | undefined)[] = []
  return {
    told,
    sent,
    gh(args, input) {
      told.push(args.join(' '))
      sent.push(input)
      if (args[1] === 'download') throw new Error('no artifact matches any of the names or patterns provided')
      if (args[1] === 'list') return JSON.stringify([{ databaseId: 40 }])
      if (args[1]?.endsWith('/runs/41')) return JSON.stringify(run)
      if (args[1]?.endsWith('/pulls')) return JSON.stringify(pulls)
      return JSON.stringify(args.includes('--slurp') ? [comments] : {})
    },
    fetch: (commit, from) => void told.push(`fetch ${commit.slice(0, 3)} ${from}`),
    parting: () => base,
    comment: async () => `${marker}\n2 passed`,
  }
}

test('a pull request without our comment gets one, from the reports of both commits', async () => {
  const hub = hubWith([pull], [by('a-stranger', `${marker}\nall is well`, 1)])
  expect(await postComment(hub, 'school/homeroom', 41)).toBe(7)
  expect(hub.told).toEqual([
    'api repos/school/homeroom/actions/runs/41',
    'api repos/school/homeroom/pulls --method GET -f state=open -f head=a-stranger:seats',
    'fetch aaa refs/pull/7/head',
    'fetch bbb refs/heads/main',
    `run download 41 --pattern reports-* --dir reports/${head}`,
    `run list --workflow check --event push --commit ${base} --status completed --limit 1 --json databaseId`,
    `run download 40 --pattern reports-* --dir reports/${base}`,
    'api repos/school/homeroom/issues/7/comments --paginate --slurp',
    'api repos/school/homeroom/issues/7/comments --method POST --input -',
  ])
  expect(hub.sent.at(-1)).toBe(JSON.stringify({ body: `${marker}\n2 passed` }))
})

test('our own comment is written anew, and nobody else’s', async () => {
  const hub = hubWith([pull], [by('a-stranger', marker, 1), by('github-actions[bot]', `${marker}\nold`, 2)])
  await postComment(hub, 'school/homeroom', 41)
  expect(hub.told.at(-1)).toBe('api repos/school/homeroom/issues/comments/2 --method PATCH --input -')
})

test('a pull request that has gone on meanwhile gets no comment on what it no longer is', async () => {
  const hub = hubWith([{ ...pull, head: { sha: 'c'.repeat(40) } }], [])
  expect(await postComment(hub, 'school/homeroom', 41)).toBe(undefined)
  expect(hub.told).toHaveLength(2)
})
