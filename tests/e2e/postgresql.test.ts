import { startPostgres } from '../setup/postgres.ts'
import { seed } from './global-setup.ts'
import { ann, password } from './people.ts'
import { expect, refusals, startBuilt, studentRow, test } from './test.ts'

test.use({ expectedErrors: refusals })

test('the same journey on PostgreSQL: sign in, find, correct, archive, undo', async ({ page }) => {
  const postgres = await startPostgres()
  let site: Awaited<ReturnType<typeof startBuilt>> | undefined
  try {
    seed(postgres.url)
    site = await startBuilt({ DATABASE_URL: postgres.url, DATABASE_DIRECT_URL: postgres.url })
    await page.goto(`${site.url}/northgate/students`)
    await page.getByLabel('Email').fill(ann.email)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByLabel('Search students').fill('OBERG dil')
    await studentRow(page, 'Öberg, Dilnoza').click()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Family name').fill('Åberg')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByRole('heading', { name: 'Dilnoza Åberg' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Chemistry 11A' })).toBeVisible()
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Archive and keep them as they are' }).click()
    await expect(page.getByText('Dilnoza Åberg is archived')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Dilnoza Åberg is back on the lists')).toBeVisible()
  } finally {
    await site?.stop()
    await postgres.stop()
  }
})
