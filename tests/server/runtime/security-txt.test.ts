import { afterAll, expect, test } from 'vitest'
import { db, now } from '../../setup/people.ts'
import { serve } from '../../setup/server.ts'

afterAll(() => db.close())

test('the operator says whom to tell of a hole, and nobody is invented', async () => {
  const contact = { publicUrl: 'https://register.school.example', securityContact: 'mailto:it@school.example' }
  const named = await serve(db, { now: () => now, config: contact })
  const answer = await fetch(`${named.url}/.well-known/security.txt`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  expect(await answer.text()).toBe(
    'Contact: mailto:it@school.example\n' +
      'Expires: 2027-05-21T09:00:00.000Z\n' +
      'Canonical: https://register.school.example/.well-known/security.txt\n',
  )
  await named.close()
  const silent = await serve(db)
  expect((await fetch(`${silent.url}/.well-known/security.txt`)).status).toBe(404)
  await silent.close()
})
