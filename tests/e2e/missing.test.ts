/** Complete files lack some of the register: somebody looks at the list, ends those enrollments, and takes that back. */
import { readFile } from 'node:fs/promises'
import { checkAccessInFull } from './check-access.ts'
import { bundle, drop, enrolled, user } from './mill-bundle.ts'
import { ben } from './people.ts'
import { expect, ownSite, signIn, test } from './test.ts'

const site = ownSite()
test.beforeEach(({ page }) => signIn(page.context(), site.url, ben))

const ids = Array.from({ length: 12 }, (_, n) => String(500 + n))
const files = (count: number) => {
  const some = ids.slice(0, count)
  return bundle(
    some.map((id) => user(id, 'student', `Kid${id}`, 'Quillfeather', `kid${id}@mill.example`, '06')),
    some.map((id) => enrolled(`e${id}`, id)),
  )
}

test('enrollments that complete files no longer have are listed, ended after a question, and taken back', async ({
  page,
}) => {
  await page.goto(`${site.url}/northgate/imports`)
  await drop(page, files(12), true)
  await page.getByRole('button', { name: 'This is Northgate' }).click()
  await page.getByRole('button', { name: /^Bring in \d+ changes$/ }).click()
  await expect(page.getByText('The files are brought in.')).toBeVisible()

  await page.getByRole('link', { name: 'Imports' }).first().click()
  await drop(page, files(10), true)
  const missing = page.getByRole('list', { name: 'In the register and not in these files' })
  await expect(missing).toContainText('2 students')
  await missing.getByRole('button', { name: '2 enrollments' }).click()
  const table = page.getByRole('table', { name: 'Enrollments that are not in these files' })
  await expect(table.getByRole('row')).toHaveCount(3)
  await expect(table).toContainText('Kid510 Quillfeather')
  await checkAccessInFull(page, 'what is missing')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .locator('section', { has: page.getByRole('heading', { name: 'In the register and not in these files' }) })
      .getByRole('button', { name: 'Download as a file' })
      .click(),
  ])
  expect(await readFile(await download.path(), 'utf8')).toMatch(/Enrollments,Kid510 Quillfeather,Art 6/)

  await page.getByRole('button', { name: 'See what it means to end 2 enrollments and assignments' }).click()
  await expect(page.getByText('2 enrollments and assignments end today when you bring this in.')).toBeVisible()
  await page.getByRole('button', { name: 'Enrollments, changed: show 2' }).click()
  await expect(page.getByRole('table', { name: 'What would change, one record per row' })).toContainText('Kid511')
  await page.getByRole('button', { name: 'Bring in 2 changes' }).click()
  const question = page.getByRole('dialog', { name: 'End 2 enrollments and assignments?' })
  await checkAccessInFull(page, 'the question before an ending')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Bring in 2 changes' }).click()
  await question.getByRole('button', { name: 'Bring in, and end 2' }).click()
  await expect(page.getByText('2 enrollments and assignments ended.')).toBeVisible()

  await page.getByRole('link', { name: 'All imports' }).click()
  const ending = page.getByRole('table', { name: 'Brought in' }).getByRole('row').filter({ hasText: 'Ended' })
  await expect(ending).toContainText('Ended: Enrollments: 2')
  await ending.getByRole('button').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take the import back' }).click()
  await expect(page.getByText('Taken back', { exact: true })).toBeVisible()
})
