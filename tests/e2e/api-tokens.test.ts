import { Sqlite } from '../../db/sqlite-driver.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann, vic } from './people.ts'
import { expect, signIn, test } from './test.ts'

/** As if the API had deprecated a field, which it has not. */
function noteUse(databaseUrl: string): void {
  const client = new Sqlite(databaseUrl.slice('file:'.length))
  const insert =
    "insert into deprecated_uses select id, 'GET /students fax', '2027-03-01', 12, ? from api_tokens where name = ?"
  client.prepare(insert).run(Date.now(), 'Library')
  client.close()
}

test('an administrator lets an app in, which asks with its token until that is revoked', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/members`)
  await page.getByRole('link', { name: 'Apps', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Apps', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Let it in' }).click()
  await expect(page.getByText('Enter a name')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('Library')
  await page.getByRole('button', { name: 'Let it in' }).click()
  await expect(page.getByText('Choose what the app may do.')).toBeVisible()
  await checkAccessInFull(page, 'an app, refused')
  await expect(page.getByLabel('Read guardians')).toHaveCount(0)
  await page.getByLabel('Role').selectOption('registrar')
  await expect(page.getByLabel('Read guardians')).toBeVisible()
  await page.getByLabel('Read students', { exact: true }).check()
  await page.getByRole('button', { name: 'Let it in' }).click()
  await expect(page.getByRole('heading', { name: 'Copy the token now' })).toBeFocused()
  await checkAccessInFull(page, 'a token that is shown once')
  const token = await page.getByRole('textbox', { name: 'Token' }).inputValue()
  expect(token).toMatch(/^hrm_[0-9a-z]{57}$/)
  await expect(page.getByText('Library', { exact: true })).toBeVisible()

  const ask = async (path: string) => {
    const answer = await fetch(`${site.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    return { status: answer.status, body: await answer.json() }
  }
  const { body } = await ask('/students?limit=1')
  expect(body.items).toHaveLength(1)
  expect(body.items[0]).not.toHaveProperty('birthDate')
  expect(await ask('/rooms')).toMatchObject({ status: 403, body: { reason: 'permission.missing' } })

  await page.getByRole('button', { name: 'Make another Library' }).click()
  await expect(page.getByRole('heading', { name: 'Another token for Library' })).toBeVisible()
  await expect(page.getByLabel('Read students', { exact: true })).toBeChecked()
  await page.getByLabel('Name', { exact: true }).fill('Next year')
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByRole('heading', { name: 'Copy the token now' })).toBeFocused()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('of Library')).toBeVisible()

  noteUse(site.databaseUrl)
  await page.reload()
  await expect(page.getByText(token)).toHaveCount(0)
  await expect(
    page.getByText('GET /students fax goes from the API on 1 Mar 2027. The app used it 12 times, last'),
  ).toBeVisible()
  await checkAccessInFull(page, 'a token that uses what goes')
  await page.getByRole('button', { name: 'Revoke Library' }).click()
  await expect(page.getByText('The token is revoked')).toBeVisible()
  expect((await ask('/students')).status).toBe(401)
})

test('one makes a token of one’s own for what one may do, and nothing beyond', async ({ page, site }) => {
  await signIn(page.context(), site.url, vic)
  await page.goto(`${site.url}/northgate/account`)
  await page.getByRole('button', { name: 'Make a token' }).click()
  await expect(page.getByLabel('Read rooms')).toBeVisible()
  await expect(page.getByLabel('Change students')).toHaveCount(0)
  await page.getByLabel('Name', { exact: true }).fill('Room plan')
  await page.getByLabel('Read rooms').check()
  await checkAccessInFull(page, 'a token of one’s own')
  await page.getByRole('button', { name: 'Make the token' }).click()
  const token = await page.getByRole('textbox', { name: 'Token' }).inputValue()
  const answer = await fetch(`${site.url}/api/v1/rooms`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  await page.getByRole('button', { name: 'Revoke Room plan' }).click()
  await expect(page.getByText('There is no token.')).toBeVisible()
})

test('what apps can ask is told on a page that breaks no rule of the browser', async ({ page, site }) => {
  await page.goto(`${site.url}/openapi`)
  await expect(page.getByRole('heading', { name: 'GET /students/{id}', exact: true })).toBeVisible()
  await checkAccessInFull(page, 'the page for apps')
})
