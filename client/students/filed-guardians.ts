/** So many guardians of a student have columns of their own in a file. */
export const filedGuardians = Array.from({ length: 4 }, (_, index) => index + 1)
