import { expect, test } from 'vitest'
import { isCommonPassword } from '../../../server/auth/common-password.ts'
import { commonWords } from '../../../server/auth/common-words.ts'
import { password } from '../../setup/accounts.ts'

const known = ['Ada Quill', 'ada.quill@northgate.example', 'Northgate School', 'École Hôtelière']

const guessed: Record<string, string[]> = {
  'one sign, or a few, over and over': [
    'aaaaaaaaaaaaaa',
    'abcabcabcabc',
    'aaaaaaaaaaab',
    '111111aaaaaa',
    'lamplamplamp',
  ],
  'digits and signs alone': ['123456789012', '2026-11-29-2026', '!!!!!!!!!!!!!!'],
  'keys in a row': [
    'qwertyuiop12',
    '1qaz2wsx3edc',
    'zaq12wsxcde3',
    'q1w2e3r4t5y6',
    'asdfghjkl;12',
    '1234qwerasdf',
    'azertyuiop12',
  ],
  'a common word with digits, years and signs': [
    'password1234',
    'Password-2026!',
    'Oktober2026!',
    'sunshine1234',
    'admin12345678',
  ],
  'a common word in other letters': [
    'P@ssw0rd2026',
    'Pa$$w0rd1234',
    'L3tm31n!!2026',
    '5uperman2026',
    'Pássword!2026',
    'We1come12345',
  ],
  'a common word twice, or two of them': ['letmeinletmein', 'dragon.dragon.99', 'michaeljordan', 'monkey-dragon-7'],
  'a phrase everybody knows': ['correcthorsebatterystaple', 'thequickbrownfox', 'iloveyousomuch'],
  'the school’s own name': [
    'northgate2026',
    'Northgate!School',
    'N0rthgate-2026!',
    'schoolnorthgate',
    'Hôtelière 2026',
    'hoteliere2026!',
  ],
  'the person’s own name and address': ['quill.quill.quill', 'ada.quill@northgate.example', 'Qu1llQu1ll2026'],
}
test.each(Object.entries(guessed))('%s is among the first to be guessed', (_, passwords) => {
  expect(passwords.filter((one) => !isCommonPassword(one, known))).toEqual([])
})

test('sentences, other scripts and what a password manager makes are nobody else’s', () => {
  const own = [
    password,
    'пароль из четырёх слов',
    '静かな緑のランプが四つある',
    'tr0ub4dor&3xyz',
    'naïveté costs extra',
    'geese fly over the hill',
    'monkey dragon summer hockey',
    'xK9#mQ2$vL7!pR4z',
  ]
  expect(own.filter((one) => isCommonPassword(one, known))).toEqual([])
})

test('the list has ten thousand words, each once, as they are compared', () => {
  const words = commonWords.trim().split(/\s+/)
  expect(new Set(words).size).toBe(10_000)
  expect(words.filter((word) => word.length < 4 || word !== word.toLowerCase())).toEqual([])
})
