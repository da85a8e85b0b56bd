/** `npm run report:post`: writes the comment of the pull request whose check the run CHECK_RUN of GitHub's was. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { commentOf } from './comment.ts'
import { reportsIn } from './folder.ts'
import { commitOf, git, parting } from './git.ts'
import { postComment } from './post-comment.ts'

const { CHECK_RUN: run = '', GITHUB_REPOSITORY: repository } = process.env
if (!/^\d+$/.test(run) || !repository) {
  console.error('CHECK_RUN is the number of a run, and GITHUB_REPOSITORY is owner/name')
  process.exit(2)
}

/** The checkout keeps no token. */
const signedIn = 'credential.helper=!gh auth git-credential'
const isHere = (commit: string) => {
  try {
    return Boolean(commitOf(commit))
  } catch {
    return false
  }
}
const number = await postComment(
  {
    gh: (args, input) => execFileSync('gh', args, { encoding: 'utf8', input, maxBuffer: 64 * 1024 ** 2 }),
    fetch: (commit, from) => {
      if (!isHere(commit)) git('-c', signedIn, 'fetch', '--quiet', '--no-tags', 'origin', from)
    },
    parting,
    comment: (base, head) => {
      const at = (commit: string) => reportsIn(join('reports', commit))
      return commentOf({ base, head, before: at(base), after: at(head) })
    },
  },
  repository,
  Number(run),
)
console.log(number ? `Pull request ${number} has its comment` : 'No pull request is open at this commit')
