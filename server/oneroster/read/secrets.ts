/** Passwords are never stored. Columns are known as theirs by the words of schools' languages. */
import { fold } from '../../../db/folding.ts'

/** Nothing else is called so, whatever stands before or behind. */
const anywhere = `
  adgangskode contraseña contrasenya contrasinal cyfrinair fjalëkalim jelszó kata-laluan kata-sandi kennwort kodeord
  lozinka lykilorð lösenord mot-de-passe mật-khẩu nenosiri palavra-passe parool pasahitz passcode passord passphrase
  passwd passwoord password passwort passwörter paswoord salasana salasõna slaptažod wachtwoord wagwoord zaporka
  пароль парола лозинка συνθηματικ κωδικός-πρόσβασης סיסמ كلمة-المرور كلمة-السر رمز-عبور گذرواژه 密码 密碼 口令 パスワード 비밀번호
  पासवर्ड รหัสผ่าน
`
const whole = `
  geslo haslo hasło heslo mdp parol parola parole psw pswd psswd pw pwd pword senha şifre гасло
`
/** Beside a login they are passwords; alone, a PIN may be a number of the state and a pass no failure. */
const besideLogin = 'clave pass passe pin secret'
const logins = `
  anmelde benutzername gebruikersnaam identifiant inlog inloggning kullanıcı login logon nome-utente signin username
  usuario utilizador логин käyttäjätunnus brukernavn användarnamn użytkownik
`
/** In one name with a PIN, these say login too. */
const alsoLogins = 'accès acceso access accesso account benutzer connexion konto sesión user utente zugang'

const letters = (text: string) => fold(text).replace(/[^\p{L}]/gu, '')
const list = (text: string) => text.trim().split(/\s+/).map(letters)

/** 'ext_studentPwd2' is 'ext', 'student', 'pwd'. */
const wordsOf = (header: string): string[] =>
  fold(header.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' '))
    .split(/[^\p{L}]+/u)
    .filter(Boolean)

const stems = list(anywhere)
const words = new Set(list(whole))
const shortWords = new Set(list(besideLogin))
const loginStems = list(logins)
const ownLoginStems = [...loginStems, ...list(alsoLogins)]

const holds = (header: string, parts: readonly string[]) => {
  const text = letters(header)
  return parts.some((part) => text.includes(part))
}

export function isSecretColumn(headers: readonly string[], index: number): boolean {
  const header = headers[index] ?? ''
  if (holds(header, stems)) return true
  const own = wordsOf(header)
  if (own.some((word) => words.has(word))) return true
  if (!own.some((word) => shortWords.has(word))) return false
  const neighbors = [headers[index - 1] ?? '', headers[index + 1] ?? '']
  return holds(header, ownLoginStems) || neighbors.some((neighbor) => holds(neighbor, loginStems))
}
