import { freePort } from '../setup/postgres.ts'
import { receive } from '../setup/receiver.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann } from './people.ts'
import { expect, refusals, signIn, startSite, test } from './test.ts'

test.use({ expectedErrors: refusals })

test('a server that does not know its address says so, and keeps what was typed', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/members/webhooks`)
  await expect(page.getByText('Nothing is sent from this server')).toBeVisible()
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('Enter an address like https://')).toBeVisible()
  await page.locator('#webhook-name').fill('Library')
  await page.getByLabel('Address', { exact: true }).fill('https://hooks.example/homeroom')
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('Choose at least one kind of record.')).toBeVisible()
  await page.getByLabel('Students', { exact: true }).check()
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('This server does not know its own address')).toBeVisible()
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('https://hooks.example/homeroom')
})

test('an administrator adds a webhook, tries it, and sees what its receiver answers @full', async ({ page }) => {
  const port = String(await freePort())
  const receiver = await receive()
  const own = { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, WEBHOOK_HOSTS: '127.0.0.1' }
  const site = await startSite('small', own)
  try {
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/members/webhooks`)
    await page.locator('#webhook-name').fill('Library')
    await page.getByLabel('Address', { exact: true }).fill(receiver.url)
    await page.getByLabel('All kinds').check()
    await page.getByRole('button', { name: 'Add it' }).click()
    await expect(page.getByRole('heading', { name: 'Copy the secret now' })).toBeFocused()
    await checkAccessInFull(page, 'a secret that is shown once')
    await page.getByRole('button', { name: 'Send a test Library' }).click()
    await expect(page.getByText('It took the test')).toBeVisible()
    expect(receiver.received[0]?.body.type).toBe('webhook.test')
    await page.getByRole('button', { name: 'Pause Library' }).click()
    await expect(page.getByText('Paused')).toBeVisible()
    await page.getByRole('button', { name: 'Resume Library' }).click()
    await page.getByRole('button', { name: 'More for Library' }).click()
    await page.getByRole('menuitem', { name: 'Tell again' }).click()
    await page.getByLabel('After number').fill('0')
    await checkAccessInFull(page, 'tell again')
    await page.getByRole('dialog').getByRole('button', { name: 'Tell again' }).click()
    await expect.poll(() => receiver.received.length).toBeGreaterThan(5)
    await page.getByRole('button', { name: 'More for Library' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await expect(page.getByText('No program is told of changes.')).toBeVisible()
  } finally {
    await site.done()
    await receiver.close()
  }
})
