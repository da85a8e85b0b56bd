/** What was typed before the page was loaded again. */
export const drafts = {
  back: 'What you typed here before is back.',
  startOver: 'Start over',
}
