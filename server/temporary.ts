/** What is in the code for a time only. `npm run check:due` tells what is overdue; docs/when-to-move.md tells how the page's setting goes. */

export interface Temporary {
  /** A setting of the environment. */
  setting: string
  /** Who takes it out. */
  owner: string
  /** Civil dates. From `end` on it is overdue. */
  since: string
  end: string
  /** What is done when it ends. */
  afterwards: string
}

export const temporary: readonly Temporary[] = [
  {
    setting: 'MOVE_PAGE',
    owner: 'whoever looks after db/move',
    since: '2026-11-30',
    end: '2027-11-30',
    afterwards:
      'the page of the move is always there: take MOVE_PAGE out of server/config.ts, server/moves/primary.ts and README.md',
  },
]

export const overdue = (on: string, all: readonly Temporary[] = temporary): Temporary[] =>
  all.filter(({ end }) => end <= on)
