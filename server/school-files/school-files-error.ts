/** Nothing was changed. The message says what is wrong with the file, and what to do. */
export class SchoolFilesError extends Error {
  override name = 'SchoolFilesError'
}
