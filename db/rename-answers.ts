/** Answers what drizzle-kit asks of a terminal (is this new, or renamed?) where nobody sits at one. */
import { stripVTControlCharacters } from 'node:util'

export const renameVariable = 'RENAMED'

interface Question {
  added: string
  /** Such as `students.grade_level=year_group`, in the order in which they can be chosen. */
  renames: string[]
}

const hideCursor = '\x1b[?25l'
const asked = /Is (\S+) (?:column in (\S+) table|table) created or renamed/
const choice = /~ (\S+) › (\S+)/g

export function questionIn(output: string): Question | undefined {
  const text = stripVTControlCharacters(output)
  const [found, name = '', table] = asked.exec(text) ?? []
  if (!found) return undefined
  const place = table === undefined ? '' : `${table}.`
  return {
    added: place + name,
    renames: [...text.matchAll(choice)].map(([, from = '', to = '']) => `${place}${from}=${to}`),
  }
}

/** How many choices lie above the answer; undefined where nobody has said it. */
export function chosen({ added, renames }: Question, answers: readonly string[]): number | undefined {
  if (!renames.length || answers.includes(added)) return 0
  const index = renames.findIndex((rename) => answers.includes(rename))
  return index < 0 ? undefined : index + 1
}

export function unanswered({ added, renames }: Question): string {
  const said = [...renames.map((rename) => `--renamed ${rename}`), `--created ${added}`]
  return `${added} is new, and ${renames.map((rename) => rename.split('=')[0]).join(', ')} is gone. drizzle-kit asks at a terminal whether it was renamed, which keeps what is in it. Without a terminal, say it: npm run db:generate -- --name <what-changed> ${said.join(' or ')}`
}

export function answerRenames(answers: readonly string[]): void {
  const { stdin, stdout } = process
  stdin.isTTY = true
  stdout.isTTY = true
  stdin.setRawMode = () => stdin
  const answered = new Set<string>()
  const press = (name: string) => stdin.emit('keypress', undefined, { name })
  const write = stdout.write.bind(stdout)
  const answering = (...parts: Parameters<typeof write>) => {
    if (parts[0] === hideCursor) return true
    const question = questionIn(String(parts[0]))
    if (!question) return write(...parts)
    if (answered.has(question.added)) return true
    answered.add(question.added)
    const answer = chosen(question, answers)
    if (answer === undefined) {
      console.error(unanswered(question))
      process.exit(1)
    }
    setImmediate(() => {
      for (let down = 0; down < answer; down += 1) press('down')
      press('return')
    })
    return true
  }
  stdout.write = answering as typeof stdout.write
}
