import { ida, nia, vic } from './people.ts'
import { expect, refusals, signIn, studentRow, test } from './test.ts'

test('an instructor sees only the students and classes they teach, and no way to change them', async ({
  page,
  site,
}) => {
  await signIn(page.context(), site.url, ida)
  await page.goto(`${site.url}/northgate/students`)
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Abara, Amara', /Bianchi/, /Castillo/])
  await expect(page.getByRole('columnheader', { name: 'Born' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Add student' })).toHaveCount(0)
  await studentRow(page, 'Abara, Amara').click()
  await expect(page.getByRole('heading', { name: 'Amara Abara' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Archive' })).toHaveCount(0)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Classes' }).click()
  await expect(page.getByRole('table').getByRole('link')).toHaveText(['Biology 10B'])
})

test('an instructor without classes is told why nothing is there @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, nia)
  await page.goto(`${site.url}/northgate/students`)
  await expect(page.getByText('You have no students yet')).toBeVisible()
  await page.goto(`${site.url}/northgate/classes`)
  await expect(page.getByText('You teach no classes yet')).toBeVisible()
})

test('a viewer looks at everything and changes nothing', async ({ page, site }) => {
  await signIn(page.context(), site.url, vic)
  await page.goto(`${site.url}/northgate/students`)
  await studentRow(page, 'Okafor, Quinn').click()
  await expect(page.getByRole('link', { name: 'Open page' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Add student' })).toHaveCount(0)
})

test.describe('addresses of what is not theirs', () => {
  test.use({ expectedErrors: refusals })

  test('a school one does not belong to is not there', async ({ page, site }) => {
    await signIn(page.context(), site.url, vic)
    await page.goto(`${site.url}/southfield/students`)
    await expect(page.getByText('There is nothing at this address')).toBeVisible()
  })

  test('a student nobody knows is said to be missing, in a sentence @full', async ({ page, site }) => {
    await signIn(page.context(), site.url, vic)
    await page.goto(`${site.url}/northgate/students/01900000-0000-7000-8000-000000000000`)
    await expect(page.getByText('This student is not in this school')).toBeVisible()
  })
})
