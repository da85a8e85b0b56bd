/** Migrates the database of DATABASE_URL with the steps of a folder, and is killed by itself where it is told: `dying.ts <folder> <point> <nth>`. */
import { migrate } from '../../../db/migrate.ts'

const [folder = '', point, nth = '1'] = process.argv.slice(2)
let seen = 0

await migrate(folder, {
  tell(progress) {
    if (progress.point === point && ++seen === Number(nth)) process.kill(process.pid, 'SIGKILL')
  },
})
