/** Finds the pull request of a run that ended, brings the reports of both its commits here, and writes the one comment. */
import { z } from 'zod'
import { marker } from './comment.ts'

export interface Hub {
  /** GitHub's own command, `gh`; answers what it prints. */
  gh(args: readonly string[], input?: string): string
  /** Makes sure that the commit is here, from that branch or pull request. */
  fetch(commit: string, from: string): void
  /** Where the branch of the pull request left the other one. */
  parting(base: string, head: string): string
  comment(base: string, head: string): Promise<string>
}

const sha = z.string().regex(/^[0-9a-f]{40}$/)
const run = z.object({
  head_sha: sha,
  head_branch: z.string(),
  head_repository: z.object({ owner: z.object({ login: z.string() }) }),
})
const pulls = z.array(
  z.object({ number: z.int(), head: z.object({ sha }), base: z.object({ sha, ref: z.string().max(200) }) }),
)
const runs = z.array(z.object({ databaseId: z.int() }))
const comments = z.array(z.array(z.object({ id: z.int(), body: z.string(), user: z.object({ login: z.string() }) })))

/** The account that `GITHUB_TOKEN` writes as. */
const us = 'github-actions[bot]'

/** A run without reports, or whose reports have gone, is no failure: the comment says that nothing was measured. */
function bringReports({ gh }: Hub, id: number | undefined, commit: string): void {
  if (id === undefined) return
  try {
    gh(['run', 'download', String(id), '--pattern', 'reports-*', '--dir', `reports/${commit}`])
  } catch (error) {
    console.error(`The run ${id} has no reports: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** The newest that ended. Its own reports name no commit, so what they say counts for the commit that GitHub names. */
function runOf({ gh }: Hub, commit: string): number | undefined {
  const wanted = ['--workflow', 'check', '--event', 'push', '--commit', commit, '--status', 'completed', '--limit', '1']
  return runs.parse(JSON.parse(gh(['run', 'list', ...wanted, '--json', 'databaseId'])))[0]?.databaseId
}

/** Answers the number of the pull request; undefined where none is open at this commit any more. */
export async function postComment(hub: Hub, repository: string, id: number): Promise<number | undefined> {
  const { gh } = hub
  const api = (path: string, ...more: string[]) => JSON.parse(gh(['api', `repos/${repository}/${path}`, ...more]))
  const { head_sha: head, head_branch: branch, head_repository: fork } = run.parse(api(`actions/runs/${id}`))
  const query = ['--method', 'GET', '-f', 'state=open', '-f', `head=${fork.owner.login}:${branch}`]
  const pull = pulls.parse(api('pulls', ...query)).find((each) => each.head.sha === head)
  if (!pull) return undefined
  hub.fetch(head, `refs/pull/${pull.number}/head`)
  hub.fetch(pull.base.sha, `refs/heads/${pull.base.ref}`)
  const base = hub.parting(pull.base.sha, head)
  bringReports(hub, id, head)
  bringReports(hub, runOf(hub, base), base)
  const body = JSON.stringify({ body: await hub.comment(base, head) })
  const written = comments.parse(api(`issues/${pull.number}/comments`, '--paginate', '--slurp')).flat()
  const ours = written.find(({ body, user }) => user.login === us && body.startsWith(marker))
  const path = ours ? `issues/comments/${ours.id}` : `issues/${pull.number}/comments`
  gh(['api', `repos/${repository}/${path}`, '--method', ours ? 'PATCH' : 'POST', '--input', '-'], body)
  return pull.number
}
