/** What only a browser shows: keys of input methods, rows in sight, blocked cookies and storage, dates by its own Intl. */
import type { Page } from '@playwright/test'
import { run } from '../setup/server.ts'
import { ann, password } from './people.ts'
import { ask, expect, ownSite, signIn, studentRow, test } from './test.ts'

/** As Safari sends the Enter that ends a composition: it comes after the end, and only its code says what it is. */
const endComposition = (page: Page) =>
  page.evaluate(() => {
    const enter = new KeyboardEvent('keydown', {
      key: 'Enter',
      code: 'Enter',
      keyCode: 229,
      bubbles: true,
      cancelable: true,
    })
    document.activeElement?.dispatchEvent(new CompositionEvent('compositionend', { data: '王', bubbles: true }))
    document.activeElement?.dispatchEvent(enter)
    return enter.keyCode
  })
/** As other browsers send it: within the composition. */
const enterWithin = (page: Page) =>
  page.evaluate(() => {
    const enter = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(enter)
  })

test('the Enter that ends a composition opens nothing from the palette @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  await page.goto(`${site.url}/northgate/students`)
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Search or jump to' })
  await field.fill('ueda')
  await expect(page.getByRole('option', { name: /Ueda/ }).first()).toBeVisible()
  expect(await endComposition(page)).toBe(229)
  await enterWithin(page)
  await expect(field).toHaveValue('ueda')
  expect(new URL(page.url()).pathname).toBe('/northgate/students')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/students\/[0-9a-f-]{36}/)
})

test('nor does it choose a student to enroll @full', async ({ page, site }) => {
  await signIn(page.context(), site.url, ann)
  const made = await ask(page, site.url, 'classes.create', { title: 'Calligraphy' })
  await page.goto(`${site.url}/northgate/classes/${made.id}`)
  await page.getByRole('button', { name: 'Enroll students' }).first().click()
  const field = page.getByRole('combobox')
  await field.fill('ueda')
  await expect(page.getByRole('option', { name: /Ueda/ }).first()).toBeVisible()
  await endComposition(page)
  await enterWithin(page)
  await expect(field).toHaveValue('ueda')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('')
})

/** The row that has the focus, and by how many pixels it is out of sight: above below the head, or below the edge. */
const focusedRow = (page: Page) =>
  page.evaluate(() => {
    const link = document.activeElement as HTMLElement
    const scroller = link.closest('.scroller')?.getBoundingClientRect()
    const head = document.querySelector('.scroller thead th')?.getBoundingClientRect()
    const row = link.closest('tr')?.getBoundingClientRect()
    if (!scroller || !row) return { row: -1, above: 0, below: 0 }
    const top = head?.bottom ?? scroller.top
    return {
      row: Number(link.dataset.row),
      above: Math.max(0, Math.round(top - row.top)),
      below: Math.max(0, Math.round(row.bottom - scroller.bottom)),
    }
  })

for (const [name, height] of [
  ['a desk', 800],
  ['a low window', 487],
] as const)
  test(`the row that has the focus is in sight, whichever key led there, on ${name} @full`, async ({
    page,
    largeSite,
  }) => {
    await page.setViewportSize({ width: 1280, height })
    await signIn(page.context(), largeSite.url, ann)
    await page.goto(`${largeSite.url}/northgate-demo-school/students`)
    await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '25001')
    await page.locator('[data-row="0"]').focus()
    const keys = [
      ...Array(24).fill('ArrowDown'),
      'PageDown',
      'PageDown',
      ...Array(24).fill('ArrowUp'),
      'PageUp',
      'PageDown',
      'Home',
    ]
    let row = 0
    for (const key of keys) {
      await page.keyboard.press(key)
      row =
        { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + 15, PageUp: Math.max(0, row - 15), Home: 0 }[
          key as string
        ] ?? -1
      await expect.poll(() => focusedRow(page), key).toEqual({ row, above: 0, below: 0 })
    }
    await page.keyboard.press('End')
    await expect.poll(async () => (await focusedRow(page)).row).toBeGreaterThan(40)
    await expect.poll(() => focusedRow(page), 'End').toMatchObject({ above: 0, below: 0 })
  })

/** As a browser does that keeps nothing for a site: to ask for its storage throws. */
const blockStorage = () => {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      },
    })
}

test('where the browser keeps nothing but cookies, the register opens all the same @full', async ({ page, site }) => {
  await page.addInitScript(blockStorage)
  await page.goto(`${site.url}/northgate/students`)
  await page.getByLabel('Email').fill(ann.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(studentRow(page, 'Abara, Amara')).toBeVisible()
  await page.getByRole('link', { name: 'Add student' }).click()
  await page.getByLabel('Given name').fill('Noor')
  await page.getByLabel('Family name').fill('Nothing')
  await page.getByRole('button', { name: 'Add student' }).click()
  await expect(page.getByText('Added Noor Nothing')).toBeVisible()
})

test('where the browser keeps no cookie, signing in says so instead of asking again @full', async ({ page, site }) => {
  await page.route('**/trpc/session.create*', async (route) => {
    const answer = await route.fetch()
    await page.context().clearCookies()
    const { 'set-cookie': _, ...headers } = answer.headers()
    await route.fulfill({ response: answer, headers })
  })
  await page.goto(`${site.url}/northgate/students`)
  await page.getByLabel('Email').fill(ann.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('this browser did not keep the cookie')
  await expect(page.getByLabel('Email')).toHaveValue(ann.email)
})

test.describe('where text would become HTML', () => {
  test.use({ expectedErrors: [/TrustedHTML|Trusted Type/] })

  test('the browser itself refuses text that would become HTML', async ({ page, site }) => {
    await page.goto(site.url)
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    const refused = await page.evaluate(() => {
      const element = document.createElement('div')
      try {
        element.innerHTML = '<img src=x onerror=alert(1)>'
      } catch (error) {
        return (error as Error).name
      }
      return element.innerHTML
    })
    expect(refused).toBe('TypeError')
  })
})

test('a browser that blocks cookies is told before a password is typed @full', async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'cookieEnabled', { get: () => false }))
  await page.goto(site.url)
  await expect(page.getByText('This browser blocks cookies')).toBeVisible()
})

test.describe('in a Czech school', () => {
  const site = ownSite()
  test.use({ locale: 'cs-CZ' })

  test('a birth date is typed as Czechs write it, and its field reads what it shows @full', async ({ page }) => {
    const set = run(['school', 'set', 'northgate', '--locale', 'cs-CZ'], { DATABASE_URL: site.databaseUrl })
    expect(await set.ended).toBe(0)
    await signIn(page.context(), site.url, ann)
    await page.goto(`${site.url}/northgate/students?q=ueda`)
    await studentRow(page, 'Ueda, Lena').click()
    await page.getByRole('link', { name: 'Edit' }).click()
    const field = page.getByLabel('Date of birth')
    await field.fill('7. července 2015')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('Saved Lena Ueda')).toBeVisible()
    const { rows } = await ask<{ rows: { birthDate: string }[] }>(page, site.url, 'students.list', { search: 'ueda' })
    expect(rows.map(({ birthDate }) => birthDate)).toEqual(['2015-07-07'])
    await page.getByRole('link', { name: 'Edit' }).click()
    await expect(field).toHaveValue('7. července 2015')
    await field.fill('7. červ 2015')
    await field.blur()
    await expect(page.getByText('Enter a date like 7. července 2015')).toBeVisible()
    await field.fill('8.7.2015')
    await field.blur()
    await expect(field).toHaveValue('8. července 2015')
  })
})
