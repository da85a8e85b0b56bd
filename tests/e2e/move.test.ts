import type { Page } from '@playwright/test'
import { startPostgres } from '../setup/postgres.ts'
import { run } from '../setup/server.ts'
import { checkAccessInFull } from './check-access.ts'
import { ann, ben, vic } from './people.ts'
import { expect, signIn, startSite, studentRow, test } from './test.ts'

async function saveName(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Preferred name').fill(name)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('heading', { name: 'Quinn Okafor' })).toBeVisible()
  await expect(page.getByText(name, { exact: true }).first()).toBeVisible()
}

const confirmed = async (page: Page, name: string) => {
  await page.getByRole('button', { name }).click()
  await page.getByRole('dialog').getByRole('button', { name }).click()
}

test('an owner moves the register from the page while another browser edits, and nobody sees an error', async ({
  page,
  otherPage,
}) => {
  const postgres = await startPostgres()
  const site = await startSite('small', { MOVE_TARGET_URL: postgres.url, WORKERS: '2' })
  try {
    await signIn(otherPage.context(), site.url, ben)
    await otherPage.goto(`${site.url}/northgate/students?q=okafor`)
    await studentRow(otherPage, 'Okafor, Quinn').click()
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/system`)
    await page.getByRole('link', { name: 'Move to PostgreSQL' }).click()
    await expect(page.getByText('127.0.0.1')).toBeVisible()
    await confirmed(page, 'Rehearse the move')
    await expect(page.getByText('The last rehearsal went well')).toBeVisible()
    await checkAccessInFull(page, 'move, rehearsed')

    let hasMoved = false
    let saves = 0
    const editing = (async () => {
      while (!hasMoved) await saveName(otherPage, `Quinny ${++saves}`)
      await saveName(otherPage, `Quinny ${++saves}`)
    })()
    await confirmed(page, 'Start the move')
    await expect(page.getByRole('list', { name: 'The four steps of the move' }).getByText('At work')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'This register is on PostgreSQL' })).toBeVisible()
    hasMoved = true
    await editing
    expect(saves).toBeGreaterThan(1)
    await expect(page.getByText('rows, each compared')).toBeVisible()
    await checkAccessInFull(page, 'move, arrived')

    const onPostgres = { DATABASE_URL: postgres.url, DATABASE_DIRECT_URL: postgres.url }
    const verified = run(['journal', 'verify'], onPostgres)
    // The seed has written some records past the journal, which ends it with 1.
    await verified.ended
    expect(verified.output()).toMatch(/northgate: intact/)
    expect(verified.output()).toMatch(/above all schools: intact, 4 entries/)
    await otherPage.reload()
    await expect(otherPage.getByText(`Quinny ${saves}`, { exact: true }).first()).toBeVisible()
  } finally {
    // A page that is open would notice that its server is gone.
    await page.goto('about:blank')
    await otherPage.goto('about:blank')
    await site.done()
    await postgres.stop()
  }
})

test('a register without a named database says what to set, and only its owners see the page', async ({
  page,
  otherPage,
  site,
}) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/system/move`)
  await expect(page.getByText('No database is named yet')).toBeVisible()
  await signIn(otherPage.context(), site.url, vic)
  await otherPage.goto(`${site.url}/northgate/system`)
  await expect(otherPage.getByRole('link', { name: 'Move to PostgreSQL' })).toHaveCount(0)
})
