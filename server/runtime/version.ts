/** The build sets this to the package's version and the hash of its sources. */
declare const __APP_VERSION__: string | undefined

/** Every answer has it, so that an open page learns of a newer version. */
export const appVersion = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'dev'

const version = /^(?:dev|\d+\.\d+\.\d+\+\d{14}\.[0-9a-f]{8})$/
export const versionIn = (said: string | undefined): string | undefined =>
  said && said.length < 60 && version.test(said) ? said : undefined
