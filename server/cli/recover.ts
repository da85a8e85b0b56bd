import { movable } from '../../db/move/movable.ts'
import { recover } from '../../db/move/recover.ts'
import { defineCommand } from './command.ts'

export const command = defineCommand({
  summary: 'What each command runs where a move broke off in the middle of its change; not to be typed',
  usage: 'recover',
  options: {},
  async run() {
    const { file, url } = movable()
    if (url) await recover({ file, url })
  },
})
