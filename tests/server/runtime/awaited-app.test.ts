/** Who comes before the register waits for it, and whoever runs the server learns what keeps it. */
import { expect, test } from 'vitest'
import { AwaitedApp } from '../../../server/runtime/awaited-app.ts'

const request = new Request('http://school.example/')

test('who comes too early is answered once the register is there', async () => {
  let tries = 0
  const said: unknown[] = []
  const make = async () => {
    if (++tries < 3) throw new Error('not yet')
    return { fetch: () => new Response(`answered at try ${tries}`) }
  }
  const awaited = new AwaitedApp(make, (error) => said.push(error))
  const answers = [awaited.fetch(request, {} as never), awaited.fetch(request, {} as never)]
  for (const answer of answers) expect(await ((await answer) as Response).text()).toBe('answered at try 3')
  expect(said).toEqual([])
})

test('what keeps the register away for long is said once', async () => {
  let tries = 0
  const said: string[] = []
  const make = async () => {
    if (++tries < 4) throw new Error(`refused at try ${tries}`)
    return { fetch: () => new Response('there') }
  }
  await new AwaitedApp(make, (error) => said.push((error as Error).message), 0).begin()
  expect(said).toEqual(['refused at try 1'])
})
